using System.Collections.Concurrent;

namespace JubileeVerse.Queues;

/// <summary>Whoever waits for the jobs of the scripted queue: it remembers what it is told.</summary>
internal sealed class RecordingListener : IJobListener
{
    private readonly ConcurrentQueue<(JobId Id, string? OrderKey, JobState State)> _ends = new();

    public string Queue => ScriptedProcessor.Name;

    public IReadOnlyCollection<(JobId Id, string? OrderKey, JobState State)> Ends => _ends;

    /// <summary>When a call is answered.</summary>
    public Task Answer { get; set; } = Task.CompletedTask;

    public Task JobEndedAsync(JobId id, string? orderKey, JobState state, string? failure, CancellationToken cancellationToken)
    {
        _ends.Enqueue((id, orderKey, state));
        return Answer;
    }

    public Task JobMovedAsync(JobId id, string? orderKey, int position, int? etaSeconds) => Task.CompletedTask;

    public Task<bool> JobReopeningAsync(JobId id, string? orderKey, CancellationToken cancellationToken) => Task.FromResult(true);

    public Task JobRetryingAsync(JobId id, string? orderKey, int nextAttempt, TimeSpan delay) => Task.CompletedTask;
}
