using JubileeVerse.Queues.Jobs;

namespace JubileeVerse.Queues.Store.Rows;

/// <summary>A schedule as its queue holds it in memory.</summary>
/// <param name="AnchorMs">The instant at which the schedule was set, from which its periods count. Unix milliseconds.</param>
/// <param name="Made">The number of jobs that were added so far, including the pending one.</param>
/// <param name="DueMs">The instant at which the pending job is due, in Unix milliseconds; null when no more jobs follow.</param>
internal sealed record ScheduleEntry(Schedule Schedule, long AnchorMs, int Made, long? DueMs)
{
    /// <summary>
    /// The id of the pending job. It depends only on the schedule and the instant, so that the job cannot be added twice.
    /// </summary>
    public JobId? Pending => DueMs is { } due ? new JobId($"{Schedule.Id}:{due}") : null;

    public ScheduleView ToView() => new(Schedule, Made, UnixTime.FromMilliseconds(DueMs), Pending);
}
