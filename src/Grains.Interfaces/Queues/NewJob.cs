namespace JubileeVerse.Queues;

/// <summary>A job to add. What is left out has the queue's default.</summary>
/// <param name="Name">What kind of work, for people: 1 to 100 characters.</param>
/// <param name="Payload">At most <see cref="Job.MaxPayloadBytes"/> of UTF-8; JSON by custom.</param>
[GenerateSerializer, Immutable, Alias("NewJob")]
public sealed record NewJob(string Name, string Payload)
{
    /// <summary>Chosen by the caller, adding is idempotent; null: one is made. Without <c>/</c>, and not <c>.</c> or <c>..</c>.</summary>
    [Id(0)]
    public JobId? Id { get; init; }

    /// <summary>The fairness key; null shares one.</summary>
    [Id(1)]
    public string? UserId { get; init; }

    /// <summary>Jobs with the same one never run together and start in the order of their acceptance.</summary>
    [Id(2)]
    public string? OrderKey { get; init; }

    /// <summary>1 (first) to 10; null: the queue's.</summary>
    [Id(3)]
    public int? Priority { get; init; }

    /// <summary>The user's share against others', 1 or more.</summary>
    [Id(4)]
    public int Weight { get; init; } = 1;

    /// <summary>1 or more; see <see cref="Job.Cost"/>.</summary>
    [Id(5)]
    public int Cost { get; init; } = 1;

    /// <summary>Not started before so long has passed; at most 365 days.</summary>
    [Id(6)]
    public TimeSpan Delay { get; init; }

    /// <summary>1 to 20 runs, the first counted; null: the queue's.</summary>
    [Id(7)]
    public int? Attempts { get; init; }

    [Id(8)]
    public BackoffKind Backoff { get; init; }

    /// <summary>The first wait between attempts, 0 to 1 h; null: the queue's.</summary>
    [Id(9)]
    public TimeSpan? BackoffDelay { get; init; }

    /// <summary>0 to 1.</summary>
    [Id(10)]
    public double Jitter { get; init; }

    /// <summary>How long one run may take, 1 ms to 24 h; null: as long as it likes.</summary>
    [Id(11)]
    public TimeSpan? Timeout { get; init; }

    /// <summary>It fails if it has not started so long after its acceptance, its delay included; null: the queue's, which counts from the end of the delay.</summary>
    [Id(12)]
    public TimeSpan? Deadline { get; init; }

    /// <summary>1 to 200 characters: another with the same one is a duplicate; null: none.</summary>
    [Id(13)]
    public string? DedupKey { get; init; }

    /// <summary>How long after its end the job's id or key stays claimed, up to 30 days; null: 24 h.</summary>
    [Id(14)]
    public TimeSpan? DedupWindow { get; init; }

    /// <summary>Null: the queue's.</summary>
    [Id(15)]
    public KeepRule? KeepCompleted { get; init; }

    /// <summary>Null: the queue's.</summary>
    [Id(16)]
    public KeepRule? KeepFailed { get; init; }
}
