using System.Collections.Immutable;
using JubileeVerse.Queues.Jobs;
using JubileeVerse.Queues.Store.Rows;
using JubileeVerse.Storage.Batching;

namespace JubileeVerse.Queues.Store;

/// <summary>The rows of schedules. They are written in the unit that adds or removes the pending job.</summary>
internal interface IScheduleStore
{
    Task<ImmutableArray<ScheduleEntry>> LoadAsync(string queue, CancellationToken cancellationToken);

    Statement Put(string queue, ScheduleEntry entry);

    Statement Delete(string queue, string id);

    /// <summary>Deletes a job that has not started.</summary>
    Statement DeletePending(string queue, JobId id);
}
