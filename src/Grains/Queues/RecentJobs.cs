using System.Diagnostics.CodeAnalysis;
using JubileeVerse.Queues.Jobs;

namespace JubileeVerse.Queues;

/// <summary>
/// The most recently added open jobs with their payloads, which start without a read from the store. The cache is bounded by its
/// estimated memory; the payload of an evicted job is read when the job starts.
/// </summary>
internal sealed class RecentJobs(long maxBytes = RecentJobs.MaxBytes)
{
    public const long MaxBytes = 32 * 1024 * 1024;

    // The estimate for the record, its id, its keys and its entries in both collections.
    private const int OverheadBytes = 600;

    private readonly Dictionary<JobId, LinkedListNode<Job>> _jobs = [];
    private readonly LinkedList<Job> _oldestFirst = new();
    private long _bytes;

    public void Add(Job job)
    {
        Remove(job.Id); // When an id is used again, the newer job replaces the older one.
        _jobs[job.Id] = _oldestFirst.AddLast(job);
        _bytes += EstimateBytes(job);
        while (_bytes > maxBytes && _oldestFirst.First is { } oldest)
            Remove(oldest.Value.Id);
    }

    /// <summary>Updates a cached job. The payload must be unchanged, because the estimated size is not updated.</summary>
    public void Replace(Job job)
    {
        if (_jobs.TryGetValue(job.Id, out var node))
            node.Value = job;
    }

    /// <summary>Removes a job that ended.</summary>
    public void Remove(JobId id)
    {
        if (!_jobs.Remove(id, out var node))
            return;
        _oldestFirst.Remove(node);
        _bytes -= EstimateBytes(node.Value);
    }

    public bool TryGet(JobId id, [NotNullWhen(true)] out Job? job)
    {
        job = _jobs.TryGetValue(id, out var node) ? node.Value : null;
        return job is not null;
    }

    private static long EstimateBytes(Job job) => OverheadBytes + ((long)job.Payload.Length * sizeof(char));
}
