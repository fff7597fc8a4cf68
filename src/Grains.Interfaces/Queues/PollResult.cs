using System.Collections.Immutable;

namespace JubileeVerse.Queues;

/// <summary>The answer to a poll, at once or after at most two seconds.</summary>
/// <param name="Grants">Jobs to run, at most the free slots and at most <see cref="MaxGrants"/>; for the rest the worker asks again.</param>
/// <param name="Revoked">Jobs whose lease the worker has lost or whose work was cancelled: stop them.</param>
/// <param name="Load">How full the queue is; admission uses it until the next poll.</param>
[GenerateSerializer, Immutable, Alias("PollResult")]
public sealed record PollResult(ImmutableArray<JobGrant> Grants, ImmutableArray<RevokedLease> Revoked, QueueLoad Load)
{
    /// <summary>With payloads of 64 KB, what one message may hold.</summary>
    public const int MaxGrants = 200;

    /// <summary>The queue takes partial polls and <see cref="IQueueGrain.ReportManyAsync"/>; an earlier version's does not.</summary>
    [Id(0)]
    public bool TakesBatches { get; init; }

    /// <summary>The poll was partial, and the queue does not know yet what this worker holds: the next one must say it.</summary>
    [Id(1)]
    public bool NeedsList { get; init; }
}

/// <summary>A job and the right to run it.</summary>
/// <param name="Job">The job.</param>
/// <param name="Lease">Goes with every report.</param>
/// <param name="Attempt">1 for the first.</param>
[GenerateSerializer, Immutable, Alias("JobGrant")]
public sealed record JobGrant(Job Job, JobLease Lease, int Attempt);

/// <summary>A run that must stop.</summary>
[GenerateSerializer, Immutable, Alias("RevokedLease")]
public readonly record struct RevokedLease(JobId Id, JobLease Lease, JobStopReason Reason);

/// <summary>Why a run must stop.</summary>
[GenerateSerializer, Alias("JobStopReason")]
public enum JobStopReason
{
    LeaseLost = 0,
    Cancelled = 1,
    Shutdown = 2,
    TimedOut = 3,
}

/// <summary>How full a queue is.</summary>
/// <param name="Open">Jobs waiting, delayed or active.</param>
/// <param name="EndedPerSecond">Measured over the last minute.</param>
/// <param name="Paused">True: nothing starts.</param>
[GenerateSerializer, Immutable, Alias("QueueLoad")]
public readonly record struct QueueLoad(int Open, double EndedPerSecond, bool Paused);
