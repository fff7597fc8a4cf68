namespace JubileeVerse.Queues.State;

/// <summary>A run in this worker: its lease, its token, its end.</summary>
/// <param name="grant">What was granted.</param>
/// <param name="onStopFailed">What the run has registered with its token threw: its fault, of which whoever stops it must hear nothing.</param>
internal sealed class RunningJob(JobGrant grant, Action<Exception> onStopFailed)
{
    // A timer takes no more.
    private const long MaxTimeoutMs = int.MaxValue;

    private readonly CancellationTokenSource _stopping = new();
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _isStopped;

    public JobRun Run { get; } = new(grant);

    public HeldLease Held { get; } = new(grant.Job.Id, grant.Lease);

    public CancellationToken Stopping => _stopping.Token;

    /// <summary>Completes when the run has ended and its end is reported.</summary>
    public Task Ended => _ended.Task;

    /// <summary>The run is over, and the queue is being told.</summary>
    public bool IsReporting { get; set; }

    /// <summary>Stops the run once it has taken as long as its job says; disposing ends that. Null: it may take as long as it likes.</summary>
    public ITimer? StopInTime(TimeProvider time) => grant.Job.TimeoutMs is { } timeoutMs
        ? time.CreateTimer(
            _ => Stop(JobStopReason.TimedOut), null, TimeSpan.FromMilliseconds(Math.Clamp(timeoutMs, 1, MaxTimeoutMs)), Timeout.InfiniteTimeSpan)
        : null;

    /// <summary>
    /// Asks the run to stop; the first reason stands. The poll's answer and the timer may come together. What the run has registered with its
    /// token is called elsewhere: it may block, and what it throws would end the process out of a timer.
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
