using System.Diagnostics.CodeAnalysis;
using JubileeVerse.Queues.Jobs;
using JubileeVerse.Queues.Store.Rows;

namespace JubileeVerse.Queues.Store.Writing;

/// <summary>
/// The stored packs and those of their jobs that have no row of their own yet. Each activation has one instance and uses it only on the
/// grain's scheduler.
/// </summary>
/// <remarks>
/// A pack's row may be deleted only when each of its jobs has a committed row: until then it is the only stored copy of a job.
/// </remarks>
internal sealed class JobPacks(long maxBytes = JobPacks.MaxBytes)
{
    /// <summary>The smallest pack. Fewer jobs are stored as rows at once, because that costs the same.</summary>
    public const int MinJobs = 16;

    /// <summary>The memory limit of all packed jobs. Above it new jobs are stored as rows.</summary>
    public const long MaxBytes = 64 * 1024 * 1024;

    private const int MaxCharacters = 1024 * 1024;

    // An estimate of the job, its ids and its entries in the collections of this class.
    private const int BytesPerJob = 600;

    private readonly Dictionary<JobId, PackedRow> _jobs = [];
    private readonly LinkedList<Pack> _oldestFirst = new();
    private readonly List<string> _emptied = [];
    private long _bytes;

    /// <summary>Whether these new jobs should be stored as a pack.</summary>
    public bool ShouldPack(IReadOnlyCollection<(Job Job, long SortKey)> jobs) =>
        jobs.Count >= MinJobs
        && _bytes < maxBytes
        && jobs.All(entry => JobRow.IsPlain(entry.Job))
        && jobs.Sum(entry => entry.Job.Payload.Length) <= MaxCharacters;

    /// <summary>Adds a pack that has been stored.</summary>
    public void Add(JobPack stored, long nowMs)
    {
        var pack = new Pack(stored.Id, nowMs, [.. stored.Jobs.Select(entry => entry.Job.Id)]);
        foreach (var (job, sortKey) in stored.Jobs)
        {
            _jobs[job.Id] = new PackedRow(job, sortKey, pack);
            _bytes += BytesOf(job);
        }

        _oldestFirst.AddLast(pack.Node);
    }

    public bool TryGet(JobId id, [NotNullWhen(true)] out Job? job)
    {
        job = _jobs.TryGetValue(id, out var row) ? row.Job : null;
        return job is not null;
    }

    /// <summary>Takes a packed job whose row is written now; false when the job is not packed.</summary>
    public bool TryTake(JobId id, [NotNullWhen(true)] out PackedRow? row)
    {
        if (!_jobs.Remove(id, out row))
            return false;

        _bytes -= BytesOf(row.Job);
        return true;
    }

    /// <summary>Takes the remaining jobs of the oldest packs, excluding packs that were stored after <paramref name="untilMs"/>.</summary>
    public IReadOnlyList<PackedRow> TakeOldest(int atLeast, long untilMs)
    {
        var taken = new List<PackedRow>();
        for (var node = _oldestFirst.First; node is not null && node.Value.StoredAt <= untilMs && taken.Count < atLeast; node = node.Next)
        {
            foreach (var id in node.Value.Jobs)
            {
                if (_jobs.TryGetValue(id, out var row) && row.Pack == node.Value && TryTake(id, out _))
                    taken.Add(row);
            }
        }

        return taken;
    }

    /// <summary>Records that the rows of these jobs are committed.</summary>
    public void MarkStored(IReadOnlyCollection<PackedRow> rows)
    {
        foreach (var row in rows)
        {
            if (row.Pack.MarkRowStored())
            {
                _oldestFirst.Remove(row.Pack.Node);
                _emptied.Add(row.Pack.Id);
            }
        }
    }

    /// <summary>Whether the store may contain a pack that was stored at or before <paramref name="untilMs"/>.</summary>
    public bool Any(long untilMs) => _emptied.Count > 0 || _oldestFirst.First?.Value.StoredAt <= untilMs;

    /// <summary>Takes the ids of packs without remaining jobs; the caller deletes their rows.</summary>
    public IReadOnlyList<string> TakeEmptied(int limit)
    {
        string[] emptied = [.. _emptied.Take(limit)];
        _emptied.RemoveRange(0, emptied.Length);
        return emptied;
    }

    private static long BytesOf(Job job) => BytesPerJob + ((long)job.Payload.Length * sizeof(char));

    /// <summary>A packed job with its sort key.</summary>
    public sealed record PackedRow(Job Job, long SortKey, Pack Pack);

    /// <summary>A pack's row in the store.</summary>
    public sealed class Pack
    {
        private int _remaining;

        public Pack(string id, long storedAt, IReadOnlyCollection<JobId> jobs)
        {
            Id = id;
            StoredAt = storedAt;
            Jobs = jobs;
            _remaining = jobs.Count;
            Node = new LinkedListNode<Pack>(this);
        }

        public string Id { get; }

        public long StoredAt { get; }

        public IReadOnlyCollection<JobId> Jobs { get; }

        public LinkedListNode<Pack> Node { get; }

        /// <summary>Records that the row of one job is stored; true when it was the last.</summary>
        public bool MarkRowStored() => --_remaining == 0;
    }
}
