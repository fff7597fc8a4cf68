using System.Collections.Immutable;
using JubileeVerse.Storage;

namespace JubileeVerse.Queues.Store;

/// <summary>The rows of schedules; they are written in the unit that makes or removes the pending job.</summary>
internal interface IScheduleStore
{
    Task<ImmutableArray<ScheduleEntry>> LoadAsync(string queue, CancellationToken cancellationToken);

    Statement Put(string queue, ScheduleEntry entry);

    Statement Delete(string queue, string id);

    /// <summary>Deletes a job that has not started.</summary>
    Statement DeletePending(string queue, JobId id);
}
