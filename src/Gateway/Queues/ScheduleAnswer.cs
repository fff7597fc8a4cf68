using System.Collections.Immutable;
using JubileeVerse.Queues;

namespace JubileeVerse.Gateway.Queues;

internal sealed record ScheduleListAnswer(ImmutableArray<ScheduleBody> Schedules);

internal sealed record ScheduleAnswer(ScheduleBody Schedule);

/// <summary>A schedule and where it stands.</summary>
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
    public static ScheduleBody Of(ScheduleView view) => new(
        view.Schedule.Id,
        view.Schedule.Cron,
        view.Schedule.TimeZone,
        view.Schedule.Every?.TotalSeconds,
        view.Schedule.Limit,
        view.Schedule.Until,
        ScheduledJobBody.Of(view.Schedule.Job),
        view.Made,
        view.NextAt,
        view.NextJob);
}
