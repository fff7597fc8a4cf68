namespace JubileeVerse.Queues.Jobs;

/// <summary>The immutable properties of an accepted job.</summary>
/// <param name="Id">Unique in its queue.</param>
/// <param name="Name">The kind of work, for display.</param>
/// <param name="UserId">The fairness key; jobs without one share a key.</param>
/// <param name="OrderKey">Jobs with the same key never run concurrently; null if order does not matter.</param>
/// <param name="OrderNumber">Order among the jobs with the same order key.</param>
/// <param name="Priority">1 (first) to 10.</param>
/// <param name="Weight">The user's share relative to other users, 1 or more.</param>
/// <param name="Payload">At most 64 KB of UTF-8; JSON by convention.</param>
/// <param name="Attempts">Maximum number of attempts, including the first.</param>
/// <param name="BackoffMs">Base delay between attempts in milliseconds; <see cref="Backoff"/> defines how it grows.</param>
/// <param name="AcceptedAt">Unix milliseconds.</param>
/// <param name="Deadline">Unix milliseconds after which the job is not started; null for no deadline.</param>
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

    /// <summary>How the delay grows from attempt to attempt.</summary>
    [Id(0)]
    public BackoffKind Backoff { get; init; }

    /// <summary>0 to 1: a delay is shortened by up to this fraction, so that jobs that failed together are not retried together.</summary>
    [Id(1)]
    public double Jitter { get; init; }

    /// <summary>Timeout of one run in milliseconds; null for no timeout.</summary>
    [Id(2)]
    public long? TimeoutMs { get; init; }

    /// <summary>What the job counts for in its user's fair share: 1, or the expected tokens as a multiple of a usual job's.</summary>
    [Id(3)]
    public int Cost { get; init; } = 1;

    /// <summary>Unix milliseconds before which the job does not start; null if it is ready at once.</summary>
    [Id(4)]
    public long? ReadyAt { get; init; }

    /// <summary>Another job with the same key is a duplicate while this job is open and during the deduplication window after it.</summary>
    [Id(5)]
    public string? DedupKey { get; init; }

    /// <summary>Null to use the queue's rule.</summary>
    [Id(6)]
    public KeepRule? KeepCompleted { get; init; }

    /// <summary>Null to use the queue's rule.</summary>
    [Id(7)]
    public KeepRule? KeepFailed { get; init; }

    /// <summary>The parent job that waits for this one; null if there is none.</summary>
    [Id(8)]
    public JobId? ParentId { get; init; }

    /// <summary>The effect of a failure of this job on its parent.</summary>
    [Id(9)]
    public ChildFailure OnFailure { get; init; }

    /// <summary>True if the job was added with children and waits for them.</summary>
    [Id(10)]
    public bool WaitsForChildren { get; init; }

    /// <summary>Creates the job that a command asks for. The parameters are what its queue decides; all else is the command's.</summary>
    public static Job Create(
        NewJob command,
        JobId id,
        string queue,
        long orderNumber,
        int priority,
        int attempts,
        int backoffMs,
        long acceptedAt,
        long? deadline) => new(
        id,
        queue,
        command.Name,
        command.UserId,
        command.OrderKey,
        orderNumber,
        priority,
        command.Weight,
        command.Payload,
        attempts,
        backoffMs,
        acceptedAt,
        deadline)
        {
            Backoff = command.Backoff,
            Jitter = command.Jitter,
            TimeoutMs = (long?)command.Timeout?.TotalMilliseconds,
            Cost = command.Cost,
            ReadyAt = command.ReadyAtFrom(acceptedAt),
            DedupKey = command.DedupKey,
            KeepCompleted = command.KeepCompleted,
            KeepFailed = command.KeepFailed,
        };
}
