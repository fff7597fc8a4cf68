using JubileeVerse.Queues.State.Jobs;

namespace JubileeVerse.Queues.State.Retention;

/// <summary>
/// The ids of jobs that ended a short while ago. Without them, a late offer, or a sweep that read the table before the end
/// was committed, would reopen an ended job.
/// </summary>
internal sealed class EndedJobs(long keptMs)
{
    private readonly Dictionary<CompactId, long> _endedAt = [];
    private readonly Queue<(CompactId Id, long EndedAt)> _byEnd = [];

    public int Count => _endedAt.Count;

    public bool Contains(CompactId id) => _endedAt.ContainsKey(id);

    public void Add(CompactId id, long nowMs)
    {
        _endedAt[id] = nowMs;
        _byEnd.Enqueue((id, nowMs));
    }

    /// <summary>Removes the id of a job that was reopened.</summary>
    public void Remove(CompactId id) => _endedAt.Remove(id);

    /// <summary>Removes all ids whose retention has expired.</summary>
    public void RemoveExpired(long nowMs)
    {
        while (_byEnd.TryPeek(out var oldest) && nowMs - oldest.EndedAt > keptMs)
        {
            _byEnd.Dequeue();

            // A job that was retried by hand and ended again has a second, later entry.
            if (_endedAt.TryGetValue(oldest.Id, out var endedAt) && endedAt == oldest.EndedAt) _endedAt.Remove(oldest.Id);
        }
    }
}
