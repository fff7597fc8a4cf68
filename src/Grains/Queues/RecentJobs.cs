using System.Diagnostics.CodeAnalysis;

namespace JubileeVerse.Queues;

/// <summary>
/// The jobs that were offered last, with what they carry: an idle queue starts them without asking the store.
/// Bounded; older ones are read when they start.
/// </summary>
internal sealed class RecentJobs
{
    private const int Capacity = 100_000;

    private readonly Dictionary<JobId, Job> _jobs = [];
    private readonly Queue<JobId> _order = new();

    public void Add(Job job)
    {
        var isKnown = _jobs.ContainsKey(job.Id);
        _jobs[job.Id] = job; // The later one, where an id is used again.
        if (isKnown)
            return;
        _order.Enqueue(job.Id);
        if (_order.Count > Capacity)
            _jobs.Remove(_order.Dequeue());
    }

    /// <summary>It was changed since it was offered.</summary>
    public void Replace(Job job)
    {
        if (_jobs.ContainsKey(job.Id))
            _jobs[job.Id] = job;
    }

    public bool TryGet(JobId id, [NotNullWhen(true)] out Job? job) => _jobs.TryGetValue(id, out job);
}
