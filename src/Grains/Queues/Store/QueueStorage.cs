using JubileeVerse.Queues.Store.Writing;

namespace JubileeVerse.Queues.Store;

/// <summary>What reads and writes the tables of one queue. Each activation has its own instance.</summary>
internal sealed record QueueStorage(
    IJobStore Jobs, JobChanges Changes, JobClaims Claims, JobRetention Retention, IScheduleStore Schedules, NoteStore Notes);
