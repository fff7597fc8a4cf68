using JubileeVerse.Queues.Jobs;

namespace JubileeVerse.Queues.Store.Writing;

/// <summary>
/// A batch with the new jobs of several calls. The jobs of one call are never split, so that all or none of them are stored.
/// </summary>
internal sealed class InsertBatch : IWriteBatch<IReadOnlyCollection<(Job Job, long SortKey)>>
{
    public const int MaxRows = 1500;

    private readonly List<(Job Job, long SortKey)> _jobs = [];

    public IReadOnlyCollection<(Job Job, long SortKey)> Jobs => _jobs;

    public bool TryAdd(IReadOnlyCollection<(Job Job, long SortKey)> jobs)
    {
        if (_jobs.Count > 0 && _jobs.Count + jobs.Count > MaxRows)
            return false;
        _jobs.AddRange(jobs);
        return true;
    }
}
