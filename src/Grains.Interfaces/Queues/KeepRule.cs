namespace JubileeVerse.Queues;

/// <summary>How long an ended job is kept: until so many of its queue and state have ended after it, and at most so long.</summary>
/// <param name="Count">0 or more; 0 keeps none.</param>
/// <param name="Age">From its end.</param>
[GenerateSerializer, Immutable, Alias("KeepRule")]
public sealed record KeepRule(int Count, TimeSpan Age);
