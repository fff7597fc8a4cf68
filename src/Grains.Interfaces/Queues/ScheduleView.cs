namespace JubileeVerse.Queues;

/// <summary>A schedule and where it stands.</summary>
/// <param name="Schedule">As it was set.</param>
/// <param name="Made">Jobs so far, the pending one counted.</param>
/// <param name="NextAt">When the pending job is due; in the past where it waits to be started. Null: there will be no more.</param>
/// <param name="NextJob">The pending job.</param>
[GenerateSerializer, Immutable, Alias("ScheduleView")]
public sealed record ScheduleView(Schedule Schedule, int Made, DateTimeOffset? NextAt, JobId? NextJob);
