using System.Collections.Immutable;

namespace JubileeVerse.Queues.Jobs;

/// <summary>A job as shown to operators. The payload is omitted because it may contain text of a user.</summary>
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
    private const double MsPerSecond = 1_000;

    /// <summary>The result of its processor, up to 4 KB, with a mark at the end if it was truncated; null if there is none.</summary>
    [Id(0)]
    public string? Result { get; init; }

    /// <summary>The progress that its latest run reported; null if it reported none, and in lists.</summary>
    [Id(10)]
    public string? Progress { get; init; }

    /// <summary>The last log lines of its runs, oldest first; empty in lists.</summary>
    [Id(11)]
    public ImmutableArray<string> Log { get; init; } = [];

    /// <summary>The parent job that waits for this one; null if there is none.</summary>
    [Id(12)]
    public JobId? ParentId { get; init; }

    /// <summary>The job fails if it has not started by this time; null for no deadline.</summary>
    [Id(13)]
    public DateTimeOffset? Deadline { get; init; }

    /// <summary>Timeout of one run; null for no timeout.</summary>
    [Id(14)]
    public double? TimeoutSeconds { get; init; }

    /// <summary>How the delay between two attempts grows.</summary>
    [Id(15)]
    public BackoffKind Backoff { get; init; }

    /// <summary>The first delay between two attempts.</summary>
    [Id(16)]
    public double BackoffSeconds { get; init; }

    /// <summary>0 to 1: the fraction by which a delay may be shortened.</summary>
    [Id(17)]
    public double Jitter { get; init; }

    /// <summary>What the job counts for in its user's fair share.</summary>
    [Id(18)]
    public int Cost { get; init; }

    /// <summary>The user's share relative to other users.</summary>
    [Id(19)]
    public int Weight { get; init; }

    /// <summary>Another job with the same key is a duplicate; null if the job has no key.</summary>
    [Id(20)]
    public string? DedupKey { get; init; }

    /// <summary>Retention after the job has completed or was cancelled; null for the queue's default.</summary>
    [Id(21)]
    public KeptJob? KeepCompleted { get; init; }

    /// <summary>Retention after the job has failed; null for the queue's default.</summary>
    [Id(22)]
    public KeptJob? KeepFailed { get; init; }

    /// <summary>Rank among all waiting jobs, 1 is next; null if the job is not waiting, and in lists.</summary>
    [Id(23)]
    public int? Position { get; init; }

    /// <summary>Expected seconds until the job ends, from the measured throughput; null without a position or a measurement.</summary>
    [Id(24)]
    public int? EtaSeconds { get; init; }

    /// <summary>The view of a job. The parameters are the state of its row; the rest is the job's.</summary>
    public static JobView From(
        Job job,
        JobState state,
        int attemptsMade,
        int startedCount,
        int stalledCount,
        string? failure,
        DateTimeOffset? startedAt,
        DateTimeOffset? endedAt) => new(
        job.Id,
        job.Queue,
        job.Name,
        job.UserId,
        job.OrderKey,
        job.Priority,
        state,
        job.Attempts,
        attemptsMade,
        startedCount,
        stalledCount,
        failure,
        DateTimeOffset.FromUnixTimeMilliseconds(job.AcceptedAt),
        ToInstant(job.ReadyAt),
        startedAt,
        endedAt)
        {
            ParentId = job.ParentId,
            Deadline = ToInstant(job.Deadline),
            TimeoutSeconds = job.TimeoutMs / MsPerSecond,
            Backoff = job.Backoff,
            BackoffSeconds = job.BackoffMs / MsPerSecond,
            Jitter = job.Jitter,
            Cost = job.Cost,
            Weight = job.Weight,
            DedupKey = job.DedupKey,
            KeepCompleted = KeptJob.From(job.KeepCompleted),
            KeepFailed = KeptJob.From(job.KeepFailed),
        };

    private static DateTimeOffset? ToInstant(long? unixMs) =>
        unixMs is { } milliseconds ? DateTimeOffset.FromUnixTimeMilliseconds(milliseconds) : null;
}
