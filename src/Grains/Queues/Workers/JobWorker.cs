using System.Collections.Concurrent;
using JubileeVerse.Operations;
using JubileeVerse.Queues.Jobs;
using JubileeVerse.Queues.State.Leases;
using JubileeVerse.Queues.Store.Rows;
using Microsoft.Extensions.Logging;

namespace JubileeVerse.Queues.Workers;

/// <summary>
/// Runs the jobs of one queue in this silo.
/// </summary>
/// <remarks>
/// The worker always has one poll in progress, even when every slot is taken. The poll renews the leases, and the queue, which knows the
/// active jobs of each worker, completes it as soon as there is a job and a free slot. The load thus follows the capacity, and no job waits
/// for a timer.
/// About once a second, and when the queue asks for it, a poll contains the full list of held leases; other polls omit it.
/// The result of a run is reported until the queue has recorded it or has rejected the lease as lost. Until then the lease stays listed.
/// </remarks>
internal sealed partial class JobWorker(
    string worker,
    string queue,
    IJobProcessor processor,
    IGrainFactory grains,
    QueueLoads loads,
    QueueInstruments instruments,
    TimeProvider time,
    ILogger<JobWorker> logger)
{
    private static readonly TimeSpan ListPeriod = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan RetryDelay = TimeSpan.FromMilliseconds(250);

    /// <summary>The timeout for cancelled runs to end, and the timeout for returning the jobs of those that do not.</summary>
    private static readonly TimeSpan StopTimeout = TimeSpan.FromSeconds(3);

    private readonly ConcurrentDictionary<JobId, RunningJob> _running = new();
    private readonly CancellationTokenSource _polling = new();
    private Task _loop = Task.CompletedTask;
    private readonly JobReporter _reporter = new(grains.GetGrain<IQueueGrain>(queue), queue, time, logger);
    private long _listNumber;
    private long _listedAt;
    private volatile bool _needsList = true;
    private volatile bool _draining;

    private IQueueGrain Queue { get; } = grains.GetGrain<IQueueGrain>(queue);

    private IQueueNotesGrain Notes { get; } = grains.GetGrain<IQueueNotesGrain>(queue);

    public void Start() => _loop = PollAsync();

    /// <summary>
    /// Stops taking jobs and gives running jobs <paramref name="grace"/> to end. The remaining runs are cancelled, and their jobs are
    /// returned to the queue without counting the attempt. The job of a run that ignores its token is also returned, after a timeout; the
    /// run continues until the process exits, and its result is ignored.
    /// </summary>
    public async Task StopAsync(TimeSpan grace, CancellationToken cancellationToken)
    {
        // The poll in progress may already have a job assigned, so it is not cancelled. A poll without slots replaces it at the queue.
        _draining = true;
        await PollOnceAsync(cancellationToken);
        try
        {
            await Task.WhenAll(_running.Values.Select(job => job.Ended)).WaitAsync(grace, time, cancellationToken);
        }
        catch (Exception exception) when (exception is TimeoutException or OperationCanceledException)
        {
            LogHandingBack(_running.Count, queue);
            foreach (var job in _running.Values)
                job.Stop(JobStopReason.Shutdown);
            await HandBackAsync();
        }

        // Until here the loop polled without slots, which renewed the leases of the jobs that still ran.
        await _polling.CancelAsync();
        await _loop;
    }

    private async Task HandBackAsync()
    {
        if (await WaitForRunsAsync())
            return;

        RunningJob[] remaining = [.. _running.Values.Where(job => !job.IsReporting)];
        LogCancellationIgnored(remaining.Length, queue);
        foreach (var job in remaining)
            _ = HandBackAsync(job);

        // If the queue is unreachable, it releases the jobs when the membership declares this silo dead.
        await WaitForRunsAsync();
    }

    private async Task HandBackAsync(RunningJob job)
    {
        await _reporter.ReportAsync(new JobReport(job.Held.Id, job.Held.Lease, JobOutcomeKind.HandedBack));
        job.End();
    }

    /// <summary>Waits for all runs to end. False: the timeout elapsed, and waiting longer would delay the exit of the process.</summary>
    private async Task<bool> WaitForRunsAsync()
    {
        var ended = Task.WhenAll(_running.Values.Select(job => job.Ended));
        await ended.WaitAsync(StopTimeout, time).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return ended.IsCompleted;
    }

    private async Task PollAsync()
    {
        var stopping = _polling.Token;
        while (!stopping.IsCancellationRequested)
        {
            // The delay is needed, because the queue completes a poll at once if it has no slots or if a cancelled run has not ended yet.
            if (!await PollOnceAsync(stopping))
                await Task.Delay(RetryDelay, time, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>False: the next poll must follow after a delay.</summary>
    private async Task<bool> PollOnceAsync(CancellationToken cancellationToken)
    {
        try
        {
            var result = await Queue.PollAsync(NextPoll(), cancellationToken);
            loads.Update(queue, result.Load);
            _reporter.TakesBatches = result.SupportsBatches;
            _needsList = result.NeedsFullPoll || !result.SupportsBatches;
            return Apply(result) && !_draining;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return true;
        }
        catch (Exception exception)
        {
            _needsList = true;
            LogPollFailed(exception, queue);
            return false;
        }
    }

    private WorkerPoll NextPoll()
    {
        var free = _draining ? 0 : WorkerPoll.UnlimitedSlots;
        if (!_needsList && !_draining && time.GetElapsedTime(_listedAt) < ListPeriod)
            return new WorkerPoll(worker, Interlocked.Read(ref _listNumber), free, [], ProgramVersion.Text) { IsPartial = true };

        _listedAt = time.GetTimestamp();
        var number = Interlocked.Increment(ref _listNumber);
        return new WorkerPoll(worker, number, free, [.. _running.Values.Select(job => job.Held)], ProgramVersion.Text);
    }

    /// <summary>False: a cancelled run has not ended yet, and until it has, the queue revokes its lease in every result at once.</summary>
    private bool Apply(PollResult result)
    {
        var isStopping = false;
        foreach (var revoked in result.Revoked)
        {
            var hasEnded = revoked.Reason == JobStopReason.LeaseLost && result.SupportsBatches;
            if (_running.TryGetValue(revoked.Id, out var job) && job.Held.Lease == revoked.Lease)
            {
                job.Stop(revoked.Reason);
                hasEnded &= job.IsReporting;
            }

            isStopping |= !hasEnded;
        }

        foreach (var grant in result.Grants)
        {
            var job = new RunningJob(grant, exception => LogCancellationCallbackFailed(exception, grant.Job.Id, queue));
            job.Run.Notes.Open(
                (progress, lines) => Notes.NoteAsync(new JobNote(grant.Job.Id, grant.Lease, progress, lines), CancellationToken.None),
                time);

            // A run of the same job with an older lease may still be stopping here. The newer run replaces it in the list.
            if (_running.TryGetValue(grant.Job.Id, out var older))
                older.Stop(JobStopReason.LeaseLost);
            _running[grant.Job.Id] = job;
            _ = RunAsync(job);
        }

        return !isStopping || !result.Grants.IsEmpty;
    }

    private async Task RunAsync(RunningJob job)
    {
        // Yield first, because a processor that runs synchronously before its first await must not block the poll loop.
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        try
        {
            var report = await ProcessAsync(job);
            await job.Run.Notes.CloseAsync();
            if (report is not null)
            {
                job.IsReporting = true;
                await _reporter.ReportAsync(report);
            }
        }
        finally
        {
            _running.TryRemove(KeyValuePair.Create(job.Held.Id, job));
            job.End();
        }
    }

    /// <summary>Runs the processor and returns the report. Null: the lease is lost, so the queue would ignore a report.</summary>
    private async Task<JobReport?> ProcessAsync(RunningJob job)
    {
        var (id, lease) = job.Held;
        var started = time.GetTimestamp();
        using var timeoutTimer = job.StartTimeout(time);
        JobOutcome? outcome;
        try
        {
            outcome = await processor.RunAsync(job.Run, job.Stopping);
        }
        catch (OperationCanceledException) when (job.Stopping.IsCancellationRequested)
        {
            outcome = job.Run.StopReason switch
            {
                JobStopReason.Cancelled => JobOutcome.Cancelled,
                JobStopReason.Shutdown => new JobOutcome(JobOutcomeKind.HandedBack),
                JobStopReason.TimedOut => JobOutcome.Failed($"The run exceeded its timeout of {job.Run.Job.TimeoutMs} ms."),
                _ => null,
            };
        }
        catch (Exception exception)
        {
            LogAttemptFailed(exception, id, queue, job.Run.Attempt, job.Run.Job.Attempts);
            outcome = JobOutcome.Failed(FailureText.From(exception));
        }

        instruments.RunEnded(queue, job.Run.Job.Priority, outcome?.Kind, time.GetElapsedTime(started));
        return outcome is null ? null : new JobReport(id, lease, outcome.Kind, FailureText.Clean(outcome.Detail), outcome.Delay);
    }
}
