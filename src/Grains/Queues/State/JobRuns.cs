using System.Collections.Immutable;
using JubileeVerse.Queues.Jobs;
using JubileeVerse.Queues.State.Jobs;
using JubileeVerse.Queues.State.Leases;

namespace JubileeVerse.Queues.State;

/// <summary>The runs of a queue's jobs: grants, polls, reports, and the ends of runs.</summary>
internal sealed class JobRuns(QueueMemory memory, long epoch)
{
    private long _leaseNumber;

    /// <summary>The epoch's 2^32 lease numbers are used up. The grain must deactivate, and its next activation gets a new epoch.</summary>
    public bool LeaseNumbersExhausted => _leaseNumber >= uint.MaxValue;

    /// <summary>Whether the lease is the job's current one.</summary>
    public bool Holds(JobId id, JobLease lease) => memory.Leases.Find(CompactId.From(id))?.Number == lease;

    /// <summary>The number of leases that a worker has.</summary>
    public int RunningOf(string worker) => memory.Leases.CountOf(worker);

    /// <summary>
    /// Compares the leases that a worker holds with the queue's leases, for each poll and before <see cref="QueueState.Take"/>. An unknown
    /// lease is adopted when it can only come from a start that a former activation did not write. A lease that two polls did not list is
    /// released, and its job is ready again.
    /// </summary>
    public PollCheck Poll(string worker, long pollNumber, ImmutableArray<HeldLease> held, long now)
    {
        var revoked = ImmutableArray.CreateBuilder<RevokedLease>();
        var changes = ImmutableArray.CreateBuilder<JobChange>();
        foreach (var (id, lease) in held)
        {
            var key = CompactId.From(id);
            var current = memory.Leases.Find(key);
            if (current?.Number == lease && current.Worker == worker) continue;

            var job = memory.Jobs.Find(key);
            if (job is not null && IsUnknownRun(job, lease)) changes.Add(Adopt(job, lease, worker, pollNumber, now));
            else revoked.Add(new(id, lease, JobStopReason.LeaseLost));
        }

        foreach (var missing in memory.Leases.Renew(worker, pollNumber, held, now))
            changes.Add(EndRun(missing, missing.CancelRequested ? JobEvent.Cancelled : JobEvent.HandedBack, now));
        return new(revoked.ToImmutable(), changes.ToImmutable());
    }

    /// <summary>Grants a startable job to a worker.</summary>
    public (JobStart Start, JobChange Change) Grant(OpenJob job, string worker, long pollNumber, long now)
    {
        var lease = new JobLease(epoch, ++_leaseNumber);
        memory.Leases.Grant(job.Id, lease, worker, pollNumber, now);
        memory.Service.Started(now);
        var start = new JobStart(job.Id.ToJobId(), lease, job.AttemptsMade + 1, IsFirst: job.StartedCount == 0, job.WaitingSince);
        return (start, Start(job, lease, now));
    }

    /// <summary>The worker's runs whose jobs were cancelled. The result of each poll includes them until they end.</summary>
    public ImmutableArray<RevokedLease> StopsOf(string worker) =>
        [.. memory.Leases.StopsOf(worker).Select(lease => new RevokedLease(lease.Id.ToJobId(), lease.Number, JobStopReason.Cancelled))];

    /// <summary>Records the result of a run. Null, without any change, when the lease is not the current one.</summary>
    public JobChange? Report(JobReport report, long now)
    {
        if (memory.Jobs.Find(CompactId.From(report.Id)) is not { } job) return null;
        if (memory.Leases.Find(job.Id)?.Number != report.Lease)
        {
            if (!IsUnknownRun(job, report.Lease)) return null;
            Adopt(job, report.Lease, "", 0, now);
        }

        var lease = memory.Leases.Find(job.Id)!;
        if (report.Outcome == JobOutcomeKind.ProviderLimited) memory.Gate.HoldFor(report.Delay, now);
        switch (EventOf(report.Outcome, job, lease.CancelRequested))
        {
            case JobEvent.Completed:
                job.AttemptsMade++;
                return EndRun(lease, JobEvent.Completed, now, result: report.Detail);
            case JobEvent.FailedForGood:
                job.AttemptsMade++;
                return EndRun(lease, JobEvent.FailedForGood, now, failure: report.Detail);
            case JobEvent.AttemptFailed:
                job.AttemptsMade++;
                var retryAt = now + RetrySchedule.DelayMs(report.Id, job.AttemptsMade, job.Settings, memory.Rules.MaxBackoffMs);
                return EndRun(lease, JobEvent.AttemptFailed, now, retryAt, memory.Jobs.SortKeyFor(job, retryAt), report.Detail);
            case JobEvent.Snoozed:
                var snoozeMs = (long)(report.Delay ?? TimeSpan.Zero).TotalMilliseconds;
                return EndRun(lease, JobEvent.Snoozed, now, now + Math.Clamp(snoozeMs, memory.Rules.MinSnoozeMs, memory.Rules.MaxSnoozeMs));
            case var other:
                return EndRun(lease, other, now);
        }
    }

    /// <summary>Ends the runs of a worker that has left the cluster; its jobs are ready again and keep their sort keys.</summary>
    public ImmutableArray<JobChange> WorkerDied(string worker, long now) =>
        [.. memory.Leases.OfWorker(worker).Select(lease => Stall(lease, now))];

    /// <summary>Stalls the runs whose leases have expired because their worker stopped polling.</summary>
    public ImmutableArray<JobChange> Expire(long now) => [.. memory.Leases.Expired(now).Select(lease => Stall(lease, now))];

    /// <summary>
    /// A completion always counts. Any other outcome of a job whose cancellation was requested cancels it. An outcome that this version
    /// does not know is a failure.
    /// </summary>
    private static JobEvent EventOf(JobOutcomeKind outcome, OpenJob job, bool cancelRequested) => outcome switch
    {
        JobOutcomeKind.Completed => JobEvent.Completed,
        _ when cancelRequested => JobEvent.Cancelled,
        JobOutcomeKind.FailedForGood => JobEvent.FailedForGood,
        JobOutcomeKind.Snoozed => JobEvent.Snoozed,
        JobOutcomeKind.ProviderLimited => JobEvent.ProviderLimited,
        JobOutcomeKind.Cancelled => JobEvent.Cancelled,
        JobOutcomeKind.HandedBack => JobEvent.HandedBack,
        _ => job.AttemptsMade + 1 < job.Settings.Attempts ? JobEvent.AttemptFailed : JobEvent.FailedForGood,
    };

    /// <summary>
    /// Starts are written without being awaited. A run of a former epoch with a number above the row's last run was therefore started, but
    /// its start was never written. All runs of this epoch are known: a run that is not current has ended, even if a poll in flight still
    /// lists it.
    /// </summary>
    private bool IsUnknownRun(OpenJob job, JobLease lease) => lease.Epoch < epoch && lease.Run > job.LastRun;

    private JobChange Adopt(OpenJob job, JobLease lease, string worker, long pollNumber, long now)
    {
        memory.Leases.Adopt(job.Id, lease, worker, pollNumber, now);
        if (job.State == JobState.Delayed) memory.Jobs.Move(job, JobEvent.DelayElapsed, now);
        if (job.State == JobState.Blocked) memory.Jobs.Move(job, JobEvent.Unblocked, now);
        return Start(job, lease, now);
    }

    private JobChange Start(OpenJob job, JobLease lease, long now)
    {
        job.LastRun = lease.Run;
        job.StartedCount++;
        if (job.State != JobState.Active) memory.Jobs.Move(job, JobEvent.Started, now);
        return memory.ChangeOf(job, JobEvent.Started, now, startedAt: now);
    }

    private JobChange Stall(Lease lease, long now)
    {
        var job = memory.Jobs.Find(lease.Id)!;
        if (lease.CancelRequested) return EndRun(lease, JobEvent.Cancelled, now);
        job.StalledCount++;
        return job.StalledCount > memory.Rules.MaxStalls
            ? EndRun(lease, JobEvent.StalledOut, now, failure: $"The job's worker was lost {job.StalledCount} times.")
            : EndRun(lease, JobEvent.Stalled, now);
    }

    /// <summary>Ends a run, and also the job when the event's transition ends it.</summary>
    private JobChange EndRun(
        Lease lease, JobEvent e, long now, long? readyAt = null, long? sortKey = null, string? failure = null, string? result = null)
    {
        var job = memory.Jobs.Find(lease.Id)!;
        memory.Leases.Release(lease.Id, lease.Number);
        memory.Jobs.Move(job, e, now, readyAt, sortKey);
        if (!JobStateMachine.IsOpen(job.State)) memory.Service.Ended(now);
        return memory.ChangeOf(job, e, now, readyAt, failure, result, lease.StartedAtMs, lease.Stop);
    }
}
