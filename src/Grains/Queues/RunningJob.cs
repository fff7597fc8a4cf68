namespace JubileeVerse.Queues;

/// <summary>A run in this worker: its lease, its token, its end.</summary>
internal sealed class RunningJob(JobGrant grant)
{
    private readonly CancellationTokenSource _stopping = new();
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public JobRun Run { get; } = new(grant);

    public HeldLease Held { get; } = new(grant.Job.Id, grant.Lease);

    public CancellationToken Stopping => _stopping.Token;

    /// <summary>Completes when the run has ended and its end is reported.</summary>
    public Task Ended => _ended.Task;

    /// <summary>Asks the run to stop; the first reason stands.</summary>
    public void Stop(JobStopReason reason)
    {
        if (_stopping.IsCancellationRequested)
            return;
        Run.StopReason = reason;
        _stopping.Cancel();
    }

    public void End() => _ended.TrySetResult();
}
