using JubileeVerse.Queues;
using JubileeVerse.Queues.Jobs;

namespace JubileeVerse.Gateway.Queues.Responses;

/// <summary>A schedule and its current state.</summary>
internal sealed record ScheduleBody(
    string Id,
    string? Cron,
    string TimeZone,
    double? EverySeconds,
    int? Limit,
    DateTimeOffset? Until,
    ScheduledJobBody Job,
    int Made,
    DateTimeOffset? NextAt,
    JobId? NextJob)
{
    public static ScheduleBody From(ScheduleView view) => new(
        view.Schedule.Id,
        view.Schedule.Cron,
        view.Schedule.TimeZone,
        view.Schedule.Every?.TotalSeconds,
        view.Schedule.Limit,
        view.Schedule.Until,
        ScheduledJobBody.From(view.Schedule.Job),
        view.CreatedJobs,
        view.NextAt,
        view.NextJob);
}
