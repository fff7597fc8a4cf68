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
    /// <summary>What its processor said at the end, up to 4 KB, with a mark at the end where more is cut off; null where that was nothing.</summary>
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

    /// <summary>It fails when it has not started by then; null: never.</summary>
    [Id(13)]
    public DateTimeOffset? Deadline { get; init; }

    /// <summary>How long one run may take; null: as long as it likes.</summary>
    [Id(14)]
    public double? TimeoutSeconds { get; init; }

    /// <summary>How the wait between two attempts grows.</summary>
    [Id(15)]
    public BackoffKind Backoff { get; init; }

    /// <summary>The first wait between two attempts.</summary>
    [Id(16)]
    public double BackoffSeconds { get; init; }

    /// <summary>0 to 1: by how much of it a wait may be shorter.</summary>
    [Id(17)]
    public double Jitter { get; init; }

    /// <summary>What it counts for in its user's share.</summary>
    [Id(18)]
    public int Cost { get; init; }

    /// <summary>Its user's share against others'.</summary>
    [Id(19)]
    public int Weight { get; init; }

    /// <summary>Another with the same one is a duplicate; null: none.</summary>
    [Id(20)]
    public string? DedupKey { get; init; }

    /// <summary>How long it is kept once it has completed or was cancelled; null: as its queue does.</summary>
    [Id(21)]
    public KeptJob? KeepCompleted { get; init; }

    /// <summary>How long it is kept once it has failed; null: as its queue does.</summary>
    [Id(22)]
    public KeptJob? KeepFailed { get; init; }

    /// <summary>Its rank among all that wait, 1 for the next; null unless it waits, and in lists.</summary>
    [Id(23)]
    public int? Position { get; init; }

    /// <summary>When it will be done at the present rate; null where there is no position or nothing is measured.</summary>
    [Id(24)]
    public int? EtaSeconds { get; init; }
}
