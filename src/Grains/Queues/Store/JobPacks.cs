using System.Diagnostics.CodeAnalysis;

namespace JubileeVerse.Queues.Store;

/// <summary>
/// The packs that are stored, and which of their jobs have no row of their own yet. One an activation of a queue; used in its turns only.
/// </summary>
/// <remarks>A pack's row may go only when each of its jobs has a row that is committed: until then it is all that the store has of some.</remarks>
internal sealed class JobPacks(long maxBytes = JobPacks.MaxBytes)
{
    /// <summary>Fewer are stored as rows at once: it costs the same.</summary>
    public const int MinJobs = 16;

    /// <summary>Of all that is packed, in memory. While there is more, new jobs are stored as rows.</summary>
    public const long MaxBytes = 64 * 1024 * 1024;

    private const int MaxCharacters = 1024 * 1024;

    // The job, its ids and its places in the collections here.
    private const int BytesOfAJob = 600;

    private readonly Dictionary<JobId, PackedRow> _jobs = [];
    private readonly LinkedList<Pack> _oldestFirst = new();
    private readonly List<string> _emptied = [];
    private long _bytes;

    /// <summary>Whether these are to be stored as a pack.</summary>
    public bool Takes(IReadOnlyCollection<(Job Job, long Place)> jobs) =>
        jobs.Count >= MinJobs && _bytes < maxBytes && jobs.All(one => JobBulk.IsPlain(one.Job)) && jobs.Sum(one => one.Job.Payload.Length) <= MaxCharacters;

    /// <summary>It has been stored.</summary>
    public void Add(JobPack stored, long nowMs)
    {
        var pack = new Pack(stored.Id, nowMs, [.. stored.Jobs.Select(one => one.Job.Id)]);
        foreach (var (job, place) in stored.Jobs)
        {
            _jobs[job.Id] = new PackedRow(job, place, pack);
            _bytes += BytesOf(job);
        }

        _oldestFirst.AddLast(pack.Node);
    }

    public bool TryGet(JobId id, [NotNullWhen(true)] out Job? job)
    {
        job = _jobs.TryGetValue(id, out var row) ? row.Job : null;
        return job is not null;
    }

    /// <summary>Where the job was packed: its row is written now.</summary>
    public bool TryTake(JobId id, [NotNullWhen(true)] out PackedRow? row)
    {
        if (!_jobs.Remove(id, out row))
            return false;

        _bytes -= BytesOf(row.Job);
        return true;
    }

    /// <summary>Those that are left of the oldest packs; of packs that were stored after the instant none.</summary>
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

    /// <summary>The rows of these have been committed.</summary>
    public void Stored(IReadOnlyCollection<PackedRow> rows)
    {
        foreach (var row in rows)
        {
            if (row.Pack.RowIsStored())
            {
                _oldestFirst.Remove(row.Pack.Node);
                _emptied.Add(row.Pack.Id);
            }
        }
    }

    /// <summary>Whether the store may have a pack that was stored until then.</summary>
    public bool Any(long untilMs) => _emptied.Count > 0 || _oldestFirst.First?.Value.StoredAt <= untilMs;

    /// <summary>Packs that nothing is left of, to be deleted by who calls.</summary>
    public IReadOnlyList<string> TakeEmptied(int limit)
    {
        string[] emptied = [.. _emptied.Take(limit)];
        _emptied.RemoveRange(0, emptied.Length);
        return emptied;
    }

    private static long BytesOf(Job job) => BytesOfAJob + ((long)job.Payload.Length * sizeof(char));

    /// <summary>A job of a pack, with its place.</summary>
    public sealed record PackedRow(Job Job, long Place, Pack Pack);

    /// <summary>One row of the store.</summary>
    public sealed class Pack
    {
        private int _left;

        public Pack(string id, long storedAt, IReadOnlyCollection<JobId> jobs)
        {
            Id = id;
            StoredAt = storedAt;
            Jobs = jobs;
            _left = jobs.Count;
            Node = new LinkedListNode<Pack>(this);
        }

        public string Id { get; }

        public long StoredAt { get; }

        public IReadOnlyCollection<JobId> Jobs { get; }

        public LinkedListNode<Pack> Node { get; }

        /// <summary>True: it was the last.</summary>
        public bool RowIsStored() => --_left == 0;
    }
}
