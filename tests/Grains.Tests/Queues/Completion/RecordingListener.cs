using System.Collections.Concurrent;
using JubileeVerse.Grains.Tests.Queues.Workers;
using JubileeVerse.Queues.Completion;
using JubileeVerse.Queues.Jobs;

namespace JubileeVerse.Grains.Tests.Queues.Completion;

/// <summary>A listener of the scripted queue that records the ends of its jobs.</summary>
internal sealed class RecordingListener : IJobListener
{
    private readonly ConcurrentQueue<(JobId Id, string? OrderKey, JobState State)> _ends = new();

    public string Queue => ScriptedProcessor.Name;

    public IReadOnlyCollection<(JobId Id, string? OrderKey, JobState State)> Ends => _ends;

    /// <summary>The task that each notification of an end returns.</summary>
    public Task Result { get; set; } = Task.CompletedTask;

    public Task JobEndedAsync(JobId id, string? orderKey, JobState state, string? failure, CancellationToken cancellationToken)
    {
        _ends.Enqueue((id, orderKey, state));
        return Result;
    }

    public Task JobMovedAsync(JobId id, string? orderKey, int position, int? etaSeconds) => Task.CompletedTask;

    public Task<bool> JobReopeningAsync(JobId id, string? orderKey, CancellationToken cancellationToken) => Task.FromResult(true);

    public Task JobRetryingAsync(JobId id, string? orderKey, int nextAttempt, TimeSpan delay) => Task.CompletedTask;
}
