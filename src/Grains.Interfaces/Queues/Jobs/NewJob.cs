namespace JubileeVerse.Queues.Jobs;

/// <summary>A job to add. Omitted properties have the queue's defaults.</summary>
/// <param name="Name">The kind of work, for display: 1 to 100 characters.</param>
/// <param name="Payload">At most <see cref="Job.MaxPayloadBytes"/> of UTF-8; JSON by convention.</param>
[GenerateSerializer, Immutable, Alias("NewJob")]
public sealed record NewJob(string Name, string Payload)
{
    /// <summary>
    /// An id chosen by the caller makes adding idempotent; null to generate one. It must not contain <c>/</c> or be <c>.</c> or <c>..</c>.
    /// </summary>
    [Id(0)]
    public JobId? Id { get; init; }

    /// <summary>The fairness key; jobs without one share a key.</summary>
    [Id(1)]
    public string? UserId { get; init; }

    /// <summary>Jobs with the same key never run concurrently and start in the order of their acceptance.</summary>
    [Id(2)]
    public string? OrderKey { get; init; }

    /// <summary>1 (first) to 10; null for the queue's default.</summary>
    [Id(3)]
    public int? Priority { get; init; }

    /// <summary>The user's share relative to other users, 1 or more.</summary>
    [Id(4)]
    public int Weight { get; init; } = 1;

    /// <summary>1 or more; see <see cref="Job.Cost"/>.</summary>
    [Id(5)]
    public int Cost { get; init; } = 1;

    /// <summary>Delay before the job may start; at most 365 days.</summary>
    [Id(6)]
    public TimeSpan Delay { get; init; }

    /// <summary>Maximum number of attempts, 1 to 20, including the first; null for the queue's default.</summary>
    [Id(7)]
    public int? Attempts { get; init; }

    [Id(8)]
    public BackoffKind Backoff { get; init; }

    /// <summary>The first delay between attempts, 0 to 1 h; null for the queue's default.</summary>
    [Id(9)]
    public TimeSpan? BackoffDelay { get; init; }

    /// <summary>0 to 1; see <see cref="Job.Jitter"/>.</summary>
    [Id(10)]
    public double Jitter { get; init; }

    /// <summary>Timeout of one run, 1 ms to 24 h; null for no timeout.</summary>
    [Id(11)]
    public TimeSpan? Timeout { get; init; }

    /// <summary>
    /// The job fails if it has not started this long after its acceptance, its delay included. Null for the queue's default, which counts
    /// from the end of the delay.
    /// </summary>
    [Id(12)]
    public TimeSpan? Deadline { get; init; }

    /// <summary>Deduplication key, 1 to 200 characters: another job with the same key is a duplicate; null for none.</summary>
    [Id(13)]
    public string? DedupKey { get; init; }

    /// <summary>How long the job's id or key stays claimed after its end, up to 30 days; null for 24 h.</summary>
    [Id(14)]
    public TimeSpan? DedupWindow { get; init; }

    /// <summary>Null for the queue's default.</summary>
    [Id(15)]
    public KeepRule? KeepCompleted { get; init; }

    /// <summary>Null for the queue's default.</summary>
    [Id(16)]
    public KeepRule? KeepFailed { get; init; }
}
