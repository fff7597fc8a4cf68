namespace JubileeVerse.Queues.State;

/// <summary>The constants of a queue's decisions. All durations are milliseconds, because all instants are Unix milliseconds.</summary>
internal sealed record QueueRules
{
    public static QueueRules Default { get; } = new();

    /// <summary>The head start of one priority over the next.</summary>
    public long StepMs { get; init; } = 2_000;

    /// <summary>How far each open job of a user moves the user's next job back, for a cost and a weight of 1.</summary>
    public long ShareMs { get; init; } = 5_000;

    /// <summary>The lease time: how long a worker may go without a poll before its jobs are granted to other workers.</summary>
    public long LeaseMs { get; init; } = 30_000;

    /// <summary>How often a job may lose its worker; it fails when it loses one more.</summary>
    public int MaxStalls { get; init; } = 1;

    /// <summary>The longest delay between two attempts.</summary>
    public long MaxBackoffMs { get; init; } = 3_600_000;

    /// <summary>The shortest snooze: a snooze of 0 would start the same job in a loop.</summary>
    public long MinSnoozeMs { get; init; } = 100;

    /// <summary>The longest snooze. It equals the longest delay of a new job.</summary>
    public long MaxSnoozeMs { get; init; } = (long)TimeSpan.FromDays(365).TotalMilliseconds;

    /// <summary>How long the queue starts no jobs after a provider limit without a stated delay.</summary>
    public long DefaultHoldMs { get; init; } = 1_000;

    /// <summary>The longest time for which a provider limit keeps the queue from starting jobs.</summary>
    public long MaxHoldMs { get; init; } = 3_600_000;

    /// <summary>How long the id of an ended job is kept. It must be longer than the period that the sweep for lost offers covers.</summary>
    public long EndedRetentionMs { get; init; } = 180_000;

    /// <summary>How long a queue that has moved to another silo waits for its workers to report the leases that they hold.</summary>
    public long AdoptionMs { get; init; } = 2_000;

    /// <summary>The window of <see cref="QueueLimits.StartsPerSecond"/>.</summary>
    public long RateWindowMs { get; init; } = 1_000;
}
