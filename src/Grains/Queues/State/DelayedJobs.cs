namespace JubileeVerse.Queues.State;

/// <summary>Jobs that are ready later, earliest first; equal instants keep the order in which they were added.</summary>
internal sealed class DelayedJobs
{
    private readonly SortedSet<Entry> _byDue = new(Comparer<Entry>.Create(Compare));
    private readonly Dictionary<OpenJob, Entry> _entries = [];
    private long _added;

    public int Count => _entries.Count;

    /// <summary>Null when nothing is delayed.</summary>
    public long? NextDueMs => _byDue.Count == 0 ? null : _byDue.Min.DueMs;

    public void Add(OpenJob job, long dueMs)
    {
        var entry = new Entry(dueMs, _added++, job);
        _entries.Add(job, entry);
        _byDue.Add(entry);
    }

    /// <summary>False: it is not delayed.</summary>
    public bool Remove(OpenJob job) => _entries.Remove(job, out var entry) && _byDue.Remove(entry);

    /// <summary>The earliest one that is due, never one before its instant; null when none is. It stays until it is removed.</summary>
    public OpenJob? PeekDue(long nowMs) => NextDueMs <= nowMs ? _byDue.Min.Job : null;

    private static int Compare(Entry left, Entry right)
    {
        var order = left.DueMs.CompareTo(right.DueMs);
        return order != 0 ? order : left.Added.CompareTo(right.Added);
    }

    private readonly record struct Entry(long DueMs, long Added, OpenJob Job);
}
