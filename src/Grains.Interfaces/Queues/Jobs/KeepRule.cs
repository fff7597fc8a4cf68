namespace JubileeVerse.Queues.Jobs;

/// <summary>
/// Retention of an ended job: it is kept until <c>Count</c> jobs of its queue and state have ended after it, and at most for <c>Age</c>.
/// </summary>
/// <param name="Count">0 or more; 0 keeps none.</param>
/// <param name="Age">Maximum age, counted from the end of the job.</param>
[GenerateSerializer, Immutable, Alias("KeepRule")]
public sealed record KeepRule(int Count, TimeSpan Age);
