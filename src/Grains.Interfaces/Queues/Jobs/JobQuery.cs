namespace JubileeVerse.Queues.Jobs;

/// <summary>A filter for the jobs of a queue, and their order.</summary>
/// <param name="State">Null for any state.</param>
/// <param name="UserId">The fairness key; null for any.</param>
/// <param name="OldestFirst">Orders by acceptance, oldest first; otherwise newest first.</param>
[GenerateSerializer, Immutable, Alias("JobQuery")]
public sealed record JobQuery(JobState? State, string? UserId, bool OldestFirst);
