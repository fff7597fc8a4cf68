namespace JubileeVerse.Queues;

/// <summary>A job as it was accepted: what does not change while it lives.</summary>
/// <param name="Id">Unique in its queue.</param>
/// <param name="Queue">Which queue.</param>
/// <param name="Name">What kind of work, for people.</param>
/// <param name="UserId">The fairness key; null shares one.</param>
/// <param name="OrderKey">Jobs with the same one never run together; null where order does not matter.</param>
/// <param name="OrderNumber">Their order among themselves.</param>
/// <param name="Priority">1 (first) to 10.</param>
/// <param name="Weight">The user's share against others', 1 or more.</param>
/// <param name="Payload">At most 64 KB of UTF-8; JSON by custom.</param>
/// <param name="Attempts">How many runs may fail, the first counted.</param>
/// <param name="BackoffMs">Base of the wait between attempts, in milliseconds; <see cref="Backoff"/> says how it grows.</param>
/// <param name="AcceptedAt">Unix milliseconds.</param>
/// <param name="Deadline">Unix milliseconds after which it is not started any more.</param>
[GenerateSerializer, Immutable, Alias("Job")]
public sealed record Job(
    JobId Id,
    string Queue,
    string Name,
    string? UserId,
    string? OrderKey,
    long OrderNumber,
    int Priority,
    int Weight,
    string Payload,
    int Attempts,
    int BackoffMs,
    long AcceptedAt,
    long? Deadline)
{
    public const int MinPriority = 1;
    public const int MaxPriority = 10;
    public const int DefaultPriority = 5;
    public const int MaxPayloadBytes = 64 * 1024;

    /// <summary>How the wait grows from attempt to attempt.</summary>
    [Id(0)]
    public BackoffKind Backoff { get; init; }

    /// <summary>0 to 1: a wait is shortened by up to this part of it, so that jobs that failed together do not return together.</summary>
    [Id(1)]
    public double Jitter { get; init; }

    /// <summary>How long one run may take, in milliseconds; null: as long as it likes.</summary>
    [Id(2)]
    public long? TimeoutMs { get; init; }

    /// <summary>What it counts for in its user's fair share: 1, or the expected tokens in units of what a usual job takes.</summary>
    [Id(3)]
    public int Cost { get; init; } = 1;

    /// <summary>Unix milliseconds before which it does not start; null: ready at once.</summary>
    [Id(4)]
    public long? ReadyAt { get; init; }

    /// <summary>Another with the same one is a duplicate while this one is open, and for a time afterwards.</summary>
    [Id(5)]
    public string? DedupKey { get; init; }

    /// <summary>Null: the queue's rule.</summary>
    [Id(6)]
    public KeepRule? KeepCompleted { get; init; }

    /// <summary>Null: the queue's rule.</summary>
    [Id(7)]
    public KeepRule? KeepFailed { get; init; }

    /// <summary>The job that waits for this one; null where none does.</summary>
    [Id(8)]
    public JobId? ParentId { get; init; }

    /// <summary>What its failure means to the job that waits for it.</summary>
    [Id(9)]
    public ChildFailure OnFailure { get; init; }

    /// <summary>It is added with children, and waits for them.</summary>
    [Id(10)]
    public bool WaitsForChildren { get; init; }
}
