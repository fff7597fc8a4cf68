namespace JubileeVerse.Queues.State;

/// <summary>
/// The ids of jobs that ended a short while ago. An offer that was under way, or a sweep that read the table before the end
/// was committed, would otherwise bring an ended job back.
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

    /// <summary>For a job that lives again.</summary>
    public void Remove(CompactId id) => _endedAt.Remove(id);

    public void Forget(long nowMs)
    {
        while (_byEnd.TryPeek(out var oldest) && nowMs - oldest.EndedAt > keptMs)
        {
            _byEnd.Dequeue();

            // One that was retried by hand and ended again has a later entry of its own.
            if (_endedAt.TryGetValue(oldest.Id, out var endedAt) && endedAt == oldest.EndedAt) _endedAt.Remove(oldest.Id);
        }
    }
}
