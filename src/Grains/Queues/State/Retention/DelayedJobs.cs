using JubileeVerse.Queues.State.Jobs;

namespace JubileeVerse.Queues.State.Retention;

/// <summary>Jobs with a future due instant, earliest first. Jobs with equal instants keep the order in which they were added.</summary>
internal sealed class DelayedJobs
{
    private readonly SortedSet<Entry> _byDue = new(Comparer<Entry>.Create(Compare));
    private readonly Dictionary<OpenJob, Entry> _entries = [];
    private long _nextNumber;

    public int Count => _entries.Count;

    /// <summary>The earliest due instant; null when nothing is delayed.</summary>
    public long? NextDueMs => _byDue.Count == 0 ? null : _byDue.Min.DueMs;

    public void Add(OpenJob job, long dueMs)
    {
        var entry = new Entry(dueMs, _nextNumber++, job);
        _entries.Add(job, entry);
        _byDue.Add(entry);
    }

    /// <summary>Removes a job; false when it is not delayed.</summary>
    public bool Remove(OpenJob job) => _entries.Remove(job, out var entry) && _byDue.Remove(entry);

    /// <summary>The earliest job that is due; null when none is due. The job stays until it is removed.</summary>
    public OpenJob? PeekDue(long nowMs) => NextDueMs <= nowMs ? _byDue.Min.Job : null;

    private static int Compare(Entry left, Entry right)
    {
        var order = left.DueMs.CompareTo(right.DueMs);
        return order != 0 ? order : left.Number.CompareTo(right.Number);
    }

    private readonly record struct Entry(long DueMs, long Number, OpenJob Job);
}
