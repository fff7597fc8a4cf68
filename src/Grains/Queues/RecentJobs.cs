using System.Diagnostics.CodeAnalysis;

namespace JubileeVerse.Queues;

/// <summary>
/// The open jobs that came last, with what they carry: they start without asking the store.
/// Bounded by what they take in memory; older ones are read when they start.
/// </summary>
internal sealed class RecentJobs(long maxBytes = RecentJobs.MaxBytes)
{
    public const long MaxBytes = 32 * 1024 * 1024;

    // The record, its id, its keys and its place in both collections.
    private const int BytesOfAJob = 600;

    private readonly Dictionary<JobId, LinkedListNode<Job>> _jobs = [];
    private readonly LinkedList<Job> _oldestFirst = new();
    private long _bytes;

    public void Add(Job job)
    {
        Remove(job.Id); // The later one stands, where an id is used again.
        _jobs[job.Id] = _oldestFirst.AddLast(job);
        _bytes += BytesOf(job);
        while (_bytes > maxBytes && _oldestFirst.First is { } oldest)
            Remove(oldest.Value.Id);
    }

    /// <summary>It was changed since it was offered; its payload was not.</summary>
    public void Replace(Job job)
    {
        if (_jobs.TryGetValue(job.Id, out var node))
            node.Value = job;
    }

    /// <summary>For one that has ended.</summary>
    public void Remove(JobId id)
    {
        if (!_jobs.Remove(id, out var node))
            return;
        _oldestFirst.Remove(node);
        _bytes -= BytesOf(node.Value);
    }

    public bool TryGet(JobId id, [NotNullWhen(true)] out Job? job)
    {
        job = _jobs.TryGetValue(id, out var node) ? node.Value : null;
        return job is not null;
    }

    private static long BytesOf(Job job) => BytesOfAJob + ((long)job.Payload.Length * sizeof(char));
}
