using System.ComponentModel.DataAnnotations;

namespace JubileeVerse.Queues;

/// <summary>One queue's numbers: <c>JubileeVerse:Queues:AiResponse</c> and so on.</summary>
public sealed class QueueOptions
{
    internal const int MaxConcurrencyPerSilo = 10_000;
    internal const int MaxStartsPerSecond = 1_000_000;
    internal const int MaxConcurrency = 1_000_000;

    /// <summary>Slots of each silo. 1 to 10,000; default 10.</summary>
    [Range(1, MaxConcurrencyPerSilo)]
    public int ConcurrencyPerSilo { get; set; } = 10;

    /// <summary>Starts in any window of one second, over the whole cluster. 1 to 1,000,000; default 50.</summary>
    [Range(1, MaxStartsPerSecond)]
    public int StartsPerSecond { get; set; } = 50;

    /// <summary>Of a job that does not say: 1 (first) to 10; default 5.</summary>
    [Range(Job.MinPriority, Job.MaxPriority)]
    public int Priority { get; set; } = Job.DefaultPriority;

    /// <summary>Runs of a job that may fail, the first counted. 1 to 20; default 3.</summary>
    [Range(1, 20)]
    public int Attempts { get; set; } = 3;

    /// <summary>Wait before the second run, in milliseconds; doubled for each further one. 0 to 3,600,000; default 1000.</summary>
    [Range(0, 3_600_000)]
    public int BackoffMs { get; set; } = 1000;

    /// <summary>
    /// A job that says nothing else fails when it has not started so long after it was ready for the first time. 1 s to 7 days; default none,
    /// for replies 15 min.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:01", "7.00:00:00")]
    public TimeSpan? Deadline { get; set; }

    /// <summary>Jobs that may be open at once; more are refused with 503. 1 to 10,000,000; default 100,000.</summary>
    [Range(1, 10_000_000)]
    public int MaxOpen { get; set; } = 100_000;
}
