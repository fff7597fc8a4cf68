using System.ComponentModel.DataAnnotations;
using JubileeVerse.Queues.Jobs;

namespace JubileeVerse.Queues.Configuration;

/// <summary>
/// The options of one queue, such as <c>JubileeVerse:Queues:AiResponse</c>. A queue may be registered with other defaults.
/// </summary>
public sealed class QueueOptions
{
    internal const int MaxConcurrencyPerSilo = 10_000;
    internal const int MaxStartsPerSecond = 1_000_000;
    internal const int MaxConcurrency = 1_000_000;

    /// <summary>The maximum number of jobs that run at once in each silo. 1 to 10,000; default 10.</summary>
    [Range(1, MaxConcurrencyPerSilo)]
    public int ConcurrencyPerSilo { get; set; } = 10;

    /// <summary>The maximum number of job starts in any window of one second, over the whole cluster. 1 to 1,000,000; default 50.</summary>
    [Range(1, MaxStartsPerSecond)]
    public int StartsPerSecond { get; set; } = 50;

    /// <summary>The priority of jobs that set none. 1 (highest) to 10; default 5.</summary>
    [Range(Job.MinPriority, Job.MaxPriority)]
    public int Priority { get; set; } = Job.DefaultPriority;

    /// <summary>The maximum number of attempts of a job, including the first one. 1 to 20; default 3.</summary>
    [Range(1, 20)]
    public int Attempts { get; set; } = 3;

    /// <summary>
    /// The delay before the second attempt in milliseconds; it doubles for each further attempt. 0 to 3,600,000; default 1000.
    /// </summary>
    [Range(0, 3_600_000)]
    public int BackoffMs { get; set; } = 1000;

    /// <summary>
    /// The deadline of jobs that set none: a job fails when it has not started within this time after it was first ready. 1 s to 7 days;
    /// default none.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:01", "7.00:00:00")]
    public TimeSpan? Deadline { get; set; }

    /// <summary>The maximum number of open jobs; further jobs are rejected with 503. 1 to 10,000,000; default 100,000.</summary>
    [Range(1, 10_000_000)]
    public int MaxOpen { get; set; } = 100_000;
}
