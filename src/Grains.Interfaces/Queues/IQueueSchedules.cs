using System.Collections.Immutable;
using JubileeVerse.Operations;

namespace JubileeVerse.Queues;

/// <summary>
/// A queue's jobs that return. Each schedule has one pending job at most; the next is made when that one starts, or ends without a start.
/// Key: queue name; the same grain as <see cref="IQueueGrain"/>.
/// </summary>
[Alias("IQueueSchedules")]
public interface IQueueSchedules : IGrainWithStringKey
{
    /// <summary>
    /// Makes the schedule, or changes the one of its id: a pending job of the former one goes. One that is the same already is left as it
    /// is, so it can be set at each start of a program. Throws <c>invalid-request</c> that names the field.
    /// </summary>
    [Idempotent, Alias("UpsertAsync")]
    Task<ScheduleView> UpsertAsync(Schedule schedule, CancellationToken cancellationToken);

    /// <summary>Removes it with its pending job; one that runs goes on. False: there is none, or a call whose answer was lost has removed it.</summary>
    [Idempotent, Alias("RemoveAsync")]
    Task<bool> RemoveAsync(string id, CancellationToken cancellationToken);

    /// <summary>By id.</summary>
    [Idempotent, Alias("ListAsync")]
    Task<ImmutableArray<ScheduleView>> ListAsync(CancellationToken cancellationToken);

    /// <summary>Null: there is none.</summary>
    [Idempotent, Alias("FindAsync")]
    Task<ScheduleView?> FindAsync(string id, CancellationToken cancellationToken);

    /// <summary>Schedules of one queue.</summary>
    const int MaxSchedules = 1000;
}
