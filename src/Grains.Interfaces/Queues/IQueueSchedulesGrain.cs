using System.Collections.Immutable;
using JubileeVerse.Operations;

namespace JubileeVerse.Queues;

/// <summary>
/// The recurring jobs of a queue. Each schedule has at most one pending job. The next one is created when the pending job starts or ends
/// without a start.
/// Key: queue name; the same grain as <see cref="IQueueGrain"/>.
/// </summary>
[Alias("IQueueSchedules"), GrainInterfaceType("JubileeVerse.Queues.IQueueSchedules")]
public interface IQueueSchedulesGrain : IGrainWithStringKey
{
    /// <summary>
    /// Creates the schedule, or replaces the one with the same id and deletes its pending job. An equal schedule stays unchanged, so a
    /// program can call this at each start. Throws <c>invalid-request</c>, which names the field.
    /// </summary>
    [Idempotent, Alias("UpsertAsync")]
    Task<ScheduleView> UpsertAsync(Schedule schedule, CancellationToken cancellationToken);

    /// <summary>
    /// Removes the schedule with its pending job; a running job continues. Returns false if the schedule does not exist, for example
    /// because an earlier call whose response was lost has removed it.
    /// </summary>
    [Idempotent, Alias("RemoveAsync")]
    Task<bool> RemoveAsync(string id, CancellationToken cancellationToken);

    /// <summary>All schedules, ordered by id.</summary>
    [Idempotent, Alias("ListAsync")]
    Task<ImmutableArray<ScheduleView>> ListAsync(CancellationToken cancellationToken);

    /// <summary>Null if the schedule does not exist.</summary>
    [Idempotent, Alias("FindAsync")]
    Task<ScheduleView?> FindAsync(string id, CancellationToken cancellationToken);

    /// <summary>Maximum number of schedules of one queue.</summary>
    const int MaxSchedules = 1000;
}
