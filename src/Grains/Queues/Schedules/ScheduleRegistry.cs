using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using JubileeVerse.Queues.Jobs;
using JubileeVerse.Queues.Store.Rows;

namespace JubileeVerse.Queues.Schedules;

/// <summary>The schedules of a queue, indexed by id and by pending job.</summary>
internal sealed class ScheduleRegistry
{
    private readonly SortedDictionary<string, ScheduleEntry> _byId = new(StringComparer.Ordinal);
    private readonly Dictionary<JobId, ScheduleEntry> _byPending = [];

    public int Count => _byId.Count;

    public ImmutableArray<ScheduleEntry> All => [.. _byId.Values];

    public ScheduleEntry? Find(string id) => _byId.GetValueOrDefault(id);

    /// <summary>Finds the schedule that has this pending job.</summary>
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
