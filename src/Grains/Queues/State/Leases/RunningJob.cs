namespace JubileeVerse.Queues.State.Leases;

/// <summary>A run in this worker: its lease, its cancellation token and its completion.</summary>
/// <param name="onStopFailed">
/// Handles an exception of a callback that the run registered with its token. It is the run's fault, so it must not reach the caller of
/// <see cref="Stop"/>.
/// </param>
internal sealed class RunningJob(JobGrant grant, Action<Exception> onStopFailed)
{
    // The longest due time that a timer accepts.
    private const long MaxTimeoutMs = int.MaxValue;

    private readonly CancellationTokenSource _stopping = new();
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _isStopped;

    public JobRun Run { get; } = new(grant);

    public HeldLease Held { get; } = new(grant.Job.Id, grant.Lease);

    public CancellationToken Stopping => _stopping.Token;

    /// <summary>Completes when the run has ended and its end is reported.</summary>
    public Task Ended => _ended.Task;

    /// <summary>The run is over, and its result is being reported to the queue.</summary>
    public bool IsReporting { get; set; }

    /// <summary>
    /// Starts the timer that stops the run at the job's timeout; disposing it cancels the timeout. Null when the job has none.
    /// </summary>
    public ITimer? StartTimeout(TimeProvider time) => grant.Job.TimeoutMs is { } timeoutMs
        ? time.CreateTimer(
            _ => Stop(JobStopReason.TimedOut),
            null,
            TimeSpan.FromMilliseconds(Math.Clamp(timeoutMs, 1, MaxTimeoutMs)),
            Timeout.InfiniteTimeSpan)
        : null;

    /// <summary>
    /// Requests the run to stop. The first reason counts, because the poll's result and the timer can arrive together. The callbacks that
    /// the run registered with its token run on another thread: they may block, and an exception in a timer callback would end the process.
    /// </summary>
    public void Stop(JobStopReason reason)
    {
        if (Interlocked.Exchange(ref _isStopped, 1) != 0)
            return;
        Run.StopReason = reason;
        _ = CancelAsync();
    }

    public void End() => _ended.TrySetResult();

    private async Task CancelAsync()
    {
        try
        {
            await _stopping.CancelAsync();
        }
        catch (Exception exception)
        {
            onStopFailed(exception);
        }
    }
}
