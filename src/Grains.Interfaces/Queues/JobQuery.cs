namespace JubileeVerse.Queues;

/// <summary>Which jobs of a queue are wanted, and in what order.</summary>
/// <param name="State">Null: any.</param>
/// <param name="UserId">The fairness key; null: any.</param>
/// <param name="OldestFirst">By the instant of acceptance; else the newest come first.</param>
[GenerateSerializer, Immutable, Alias("JobQuery")]
public sealed record JobQuery(JobState? State, string? UserId, bool OldestFirst);
