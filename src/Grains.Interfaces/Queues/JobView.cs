using System.Collections.Immutable;

namespace JubileeVerse.Queues;

/// <summary>A job's row as operators see it; the payload is left out where it could hold what a person wrote.</summary>
[GenerateSerializer, Immutable, Alias("JobView")]
public sealed record JobView(
    JobId Id,
    string Queue,
    string Name,
    string? UserId,
    string? OrderKey,
    int Priority,
    JobState State,
    int Attempts,
    int AttemptsMade,
    int StartedCount,
    int StalledCount,
    string? Failure,
    DateTimeOffset AcceptedAt,
    DateTimeOffset? ReadyAt,
    DateTimeOffset? StartedAt,
    DateTimeOffset? EndedAt)
{
    /// <summary>What its processor said at the end; null where that was nothing.</summary>
    [Id(0)]
    public string? Result { get; init; }

    /// <summary>How far its latest run said it is; null where it did not, and in lists.</summary>
    [Id(10)]
    public string? Progress { get; init; }

    /// <summary>The last lines that its runs wrote, oldest first; empty in lists.</summary>
    [Id(11)]
    public ImmutableArray<string> Log { get; init; } = [];

    /// <summary>The job that waits for this one; null where none does.</summary>
    [Id(12)]
    public JobId? ParentId { get; init; }
}
