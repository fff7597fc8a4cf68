using JubileeVerse.Queues.Jobs;

namespace JubileeVerse.Queues;

/// <summary>A schedule and its current state.</summary>
/// <param name="CreatedJobs">Number of jobs created so far, including the pending one.</param>
/// <param name="NextAt">Due time of the pending job; in the past while it waits to be started. Null if there will be no more jobs.</param>
[GenerateSerializer, Immutable, Alias("ScheduleView")]
public sealed record ScheduleView(Schedule Schedule, int CreatedJobs, DateTimeOffset? NextAt, JobId? NextJob);
