using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using JubileeVerse.Queues.Store;

namespace JubileeVerse.Queues;

/// <summary>The schedules of a queue, by id and by the job that is pending.</summary>
internal sealed class ScheduleBook
{
    private readonly SortedDictionary<string, ScheduleEntry> _byId = new(StringComparer.Ordinal);
    private readonly Dictionary<JobId, ScheduleEntry> _byPending = [];

    public int Count => _byId.Count;

    public ImmutableArray<ScheduleEntry> All => [.. _byId.Values];

    public ScheduleEntry? Find(string id) => _byId.GetValueOrDefault(id);

    /// <summary>The schedule whose pending job this is.</summary>
    public bool TryFind(JobId pending, [NotNullWhen(true)] out ScheduleEntry? entry) => _byPending.TryGetValue(pending, out entry);

    public void Set(ScheduleEntry entry)
    {
        Remove(entry.Schedule.Id);
        _byId[entry.Schedule.Id] = entry;
        if (entry.Pending is { } pending)
            _byPending[pending] = entry;
    }

    public void Remove(string id)
    {
        if (_byId.Remove(id, out var old) && old.Pending is { } pending)
            _byPending.Remove(pending);
    }
}
