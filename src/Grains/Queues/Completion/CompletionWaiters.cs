using JubileeVerse.Queues.Jobs;

namespace JubileeVerse.Queues.Completion;

/// <summary>
/// Pending calls that wait for a job to end. One instance per activation, used only on the grain's scheduler, so it needs no lock.
/// </summary>
internal sealed class CompletionWaiters
{
    private readonly Dictionary<JobId, Entry> _entries = [];

    /// <summary>
    /// Returns the job's final state, or null when the queue moves to another silo. Each call must be paired with <see cref="Leave"/>.
    /// </summary>
    public Task<JobState?> Enter(JobId id)
    {
        if (!_entries.TryGetValue(id, out var entry))
            _entries[id] = entry = new Entry();
        entry.WaiterCount++;
        return entry.End.Task;
    }

    public void Leave(JobId id)
    {
        if (_entries.TryGetValue(id, out var entry) && --entry.WaiterCount == 0)
            _entries.Remove(id);
    }

    public void Complete(JobId id, JobState state)
    {
        if (_entries.TryGetValue(id, out var entry))
            entry.End.TrySetResult(state);
    }

    public void ReleaseAll()
    {
        foreach (var entry in _entries.Values)
            entry.End.TrySetResult(null);
    }

    private sealed class Entry
    {
        public int WaiterCount { get; set; }

        public TaskCompletionSource<JobState?> End { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
