namespace JubileeVerse.Queues;

/// <summary>A <see cref="KeepRule"/> as operators see it.</summary>
/// <param name="Count">It goes when so many of its queue and state have ended after it.</param>
/// <param name="AgeSeconds">It goes so long after its end.</param>
[GenerateSerializer, Immutable, Alias("KeptJob")]
public sealed record KeptJob(int Count, double AgeSeconds);
