namespace JubileeVerse.Queues.State;

/// <summary>The numbers behind a queue's decisions. Milliseconds throughout, because instants come in as unix milliseconds.</summary>
internal sealed record QueueRules
{
    public static QueueRules Default { get; } = new();

    /// <summary>Head start of one priority over the next.</summary>
    public long StepMs { get; init; } = 2_000;

    /// <summary>How far each job that a user has open moves the next one back.</summary>
    public long ShareMs { get; init; } = 5_000;

    /// <summary>How long a worker may be silent before its jobs are given to others.</summary>
    public long LeaseMs { get; init; } = 30_000;

    /// <summary>How often a job may lose its worker; once more and it has failed.</summary>
    public int MaxStalls { get; init; } = 1;

    /// <summary>The longest wait between two attempts.</summary>
    public long MaxBackoffMs { get; init; } = 3_600_000;

    /// <summary>The shortest snooze: one of nothing would start the same job over and over.</summary>
    public long MinSnoozeMs { get; init; } = 100;

    /// <summary>The longest snooze; as the longest delay of a new job.</summary>
    public long MaxSnoozeMs { get; init; } = (long)TimeSpan.FromDays(365).TotalMilliseconds;

    /// <summary>How long the queue holds when the provider did not say.</summary>
    public long DefaultHoldMs { get; init; } = 1_000;

    /// <summary>The longest time for which a provider's word holds the queue.</summary>
    public long MaxHoldMs { get; init; } = 3_600_000;

    /// <summary>How long the id of an ended job is remembered; longer than the sweep for lost offers looks back.</summary>
    public long EndedKeptMs { get; init; } = 180_000;

    /// <summary>How long a queue that has moved waits for its workers to say what they hold.</summary>
    public long AdoptionMs { get; init; } = 2_000;

    /// <summary>The window of <see cref="QueueLimits.StartsPerSecond"/>.</summary>
    public long RateWindowMs { get; init; } = 1_000;
}
