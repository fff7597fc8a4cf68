namespace JubileeVerse.Queues;

/// <summary>Calls that wait for the end of a job. One an activation; used in its turns only.</summary>
internal sealed class EndWaits
{
    private readonly Dictionary<JobId, Entry> _entries = [];

    /// <summary>The job's end, or null when the queue moves away. It has to be left with <see cref="Leave"/>.</summary>
    public Task<JobState?> Enter(JobId id)
    {
        if (!_entries.TryGetValue(id, out var entry))
            _entries[id] = entry = new Entry();
        entry.Waiting++;
        return entry.End.Task;
    }

    public void Leave(JobId id)
    {
        if (_entries.TryGetValue(id, out var entry) && --entry.Waiting == 0)
            _entries.Remove(id);
    }

    public void Tell(JobId id, JobState state)
    {
        if (_entries.TryGetValue(id, out var entry))
            entry.End.TrySetResult(state);
    }

    public void TellNothing()
    {
        foreach (var entry in _entries.Values)
            entry.End.TrySetResult(null);
    }

    private sealed class Entry
    {
        public int Waiting { get; set; }

        public TaskCompletionSource<JobState?> End { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
