using System.Collections.Concurrent;
using JubileeVerse.Operations;
using JubileeVerse.Queues.State;
using JubileeVerse.Queues.Store;
using Microsoft.Extensions.Logging;

namespace JubileeVerse.Queues.Workers;

/// <summary>
/// Runs the jobs of one queue in this silo.
/// </summary>
/// <remarks>
/// It always has one poll at the queue, also when every slot is taken: the poll renews the leases, and the queue, which knows
/// what it has given to whom, answers it as soon as there is work and a slot. So load follows capacity and nothing waits for a timer.
/// What it holds it says about each second, and when the queue does not know it; other polls say nothing of it.
/// A run's end is reported until the queue has recorded it or says that the lease is lost; until then the lease stays on the list.
/// </remarks>
internal sealed partial class JobWorker(
    string worker,
    IJobProcessor processor,
    IGrainFactory grains,
    QueueLoads loads,
    QueueInstruments instruments,
    TimeProvider time,
    ILogger<JobWorker> logger)
{
    private static readonly TimeSpan ListPeriod = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan RetryDelay = TimeSpan.FromMilliseconds(250);

    /// <summary>How long runs that were told to stop may take, and how long handing back those that do not.</summary>
    private static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(3);

    private readonly ConcurrentDictionary<JobId, RunningJob> _running = new();
    private readonly CancellationTokenSource _polling = new();
    private Task _loop = Task.CompletedTask;
    private readonly JobReporter _reporter = new(grains.GetGrain<IQueueGrain>(processor.Queue), processor.Queue, time, logger);
    private long _lists;
    private long _listedAt;
    private volatile bool _needsList = true;
    private volatile bool _draining;

    private IQueueGrain Queue { get; } = grains.GetGrain<IQueueGrain>(processor.Queue);

    private IQueueNotes Notes { get; } = grains.GetGrain<IQueueNotes>(processor.Queue);

    public void Start() => _loop = PollAsync();

    /// <summary>
    /// No new starts; running jobs get <paramref name="grace"/> to end, the rest is stopped and handed back unspent. So is, a moment later, what
    /// does not obey its token: it goes on until the process ends, and what it says is not heard any more.
    /// </summary>
    public async Task StopAsync(TimeSpan grace, CancellationToken cancellationToken)
    {
        // The poll that waits at the queue may already carry a job, so it is not cancelled: one without slots takes its place there.
        _draining = true;
        await PollOnceAsync(cancellationToken);
        try
        {
            await Task.WhenAll(_running.Values.Select(job => job.Ended)).WaitAsync(grace, time, cancellationToken);
        }
        catch (Exception exception) when (exception is TimeoutException or OperationCanceledException)
        {
            LogHandingBack(_running.Count, processor.Queue);
            foreach (var job in _running.Values)
                job.Stop(JobStopReason.Shutdown);
            await HandBackAsync();
        }

        // Until here it went on polling without slots, which keeps the leases of what still runs.
        await _polling.CancelAsync();
        await _loop;
    }

    private async Task HandBackAsync()
    {
        if (await AllEndedAsync())
            return;

        RunningJob[] rest = [.. _running.Values.Where(job => !job.IsReporting)];
        LogDisobedient(rest.Length, processor.Queue);
        foreach (var job in rest)
            _ = HandBackAsync(job);

        // A queue that is out of reach gives them back when it hears that this silo is gone.
        await AllEndedAsync();
    }

    private async Task HandBackAsync(RunningJob job)
    {
        await _reporter.ReportAsync(new JobReport(job.Held.Id, job.Held.Lease, JobOutcomeKind.HandedBack));
        job.End();
    }

    /// <summary>False: some have not, and waiting longer would keep the process from ending.</summary>
    private async Task<bool> AllEndedAsync()
    {
        var ended = Task.WhenAll(_running.Values.Select(job => job.Ended));
        await ended.WaitAsync(StopPatience, time).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return ended.IsCompleted;
    }

    private async Task PollAsync()
    {
        var stopping = _polling.Token;
        while (!stopping.IsCancellationRequested)
        {
            // A poll without slots, or with a run that was told to stop and has not ended yet, is answered at once.
            if (!await PollOnceAsync(stopping))
                await Task.Delay(RetryDelay, time, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>False: ask again after a pause.</summary>
    private async Task<bool> PollOnceAsync(CancellationToken cancellationToken)
    {
        try
        {
            var result = await Queue.PollAsync(NextPoll(), cancellationToken);
            loads.Set(processor.Queue, result.Load);
            _reporter.TakesBatches = result.TakesBatches;
            _needsList = result.NeedsList || !result.TakesBatches;
            return Apply(result) && !_draining;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return true;
        }
        catch (Exception exception)
        {
            _needsList = true;
            LogPollFailed(exception, processor.Queue);
            return false;
        }
    }

    private WorkerPoll NextPoll()
    {
        var free = _draining ? 0 : WorkerPoll.AsManyAsGiven;
        if (!_needsList && !_draining && time.GetElapsedTime(_listedAt) < ListPeriod)
            return new WorkerPoll(worker, Interlocked.Read(ref _lists), free, [], ProgramVersion.Text) { IsPartial = true };

        _listedAt = time.GetTimestamp();
        return new WorkerPoll(worker, Interlocked.Increment(ref _lists), free, [.. _running.Values.Select(job => job.Held)], ProgramVersion.Text);
    }

    /// <summary>False: a run that must stop has not ended yet, and until it has, the queue would say so again at once.</summary>
    private bool Apply(PollResult result)
    {
        var isStopping = false;
        foreach (var revoked in result.Revoked)
        {
            var isOver = revoked.Reason == JobStopReason.LeaseLost && result.TakesBatches;
            if (_running.TryGetValue(revoked.Id, out var job) && job.Held.Lease == revoked.Lease)
            {
                job.Stop(revoked.Reason);
                isOver &= job.IsReporting;
            }

            isStopping |= !isOver;
        }

        foreach (var grant in result.Grants)
        {
            var job = new RunningJob(grant, exception => LogStopFailed(exception, grant.Job.Id, processor.Queue));
            job.Run.Notes.Open((progress, lines) => Notes.NoteAsync(new JobNote(grant.Job.Id, grant.Lease, progress, lines), CancellationToken.None), time);
            // The same job under an older lease may still be stopping here; the newer run takes its place on the list.
            if (_running.TryGetValue(grant.Job.Id, out var older))
                older.Stop(JobStopReason.LeaseLost);
            _running[grant.Job.Id] = job;
            _ = RunAsync(job);
        }

        return !isStopping || !result.Grants.IsEmpty;
    }

    private async Task RunAsync(RunningJob job)
    {
        // Off the poll's loop at once: a processor that works before its first await must not hold up the others.
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

    /// <summary>Null: the lease is lost, so this run has nothing to say any more.</summary>
    private async Task<JobReport?> ProcessAsync(RunningJob job)
    {
        var (id, lease) = job.Held;
        var started = time.GetTimestamp();
        using var inTime = job.StopInTime(time);
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
                JobStopReason.TimedOut => JobOutcome.Failed($"The run took longer than the {job.Run.Job.TimeoutMs} ms that it may."),
                _ => null,
            };
        }
        catch (Exception exception)
        {
            LogAttemptFailed(exception, id, processor.Queue, job.Run.Attempt, job.Run.Job.Attempts);
            outcome = JobOutcome.Failed(FailureText.Of(exception));
        }

        instruments.RunEnded(processor.Queue, job.Run.Job.Priority, outcome?.Kind, time.GetElapsedTime(started));
        return outcome is null ? null : new JobReport(id, lease, outcome.Kind, FailureText.Clean(outcome.Detail), outcome.Delay);
    }
}
