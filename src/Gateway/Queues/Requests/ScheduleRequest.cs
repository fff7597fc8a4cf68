using JubileeVerse.Gateway.Errors;
using JubileeVerse.Gateway.Operations;
using JubileeVerse.Queues;

namespace JubileeVerse.Gateway.Queues.Requests;

/// <summary>A schedule to create or replace; its id is in the path. The queue grain validates the cron expression.</summary>
internal sealed record ScheduleRequest : ICheckedRequest, IAuditedRequest
{
    private const double MaxSeconds = 366 * 24 * 3600;

    public string? Cron { get; init; }

    public string? TimeZone { get; init; }

    public double? EverySeconds { get; init; }

    public int? Limit { get; init; }

    public DateTimeOffset? Until { get; init; }

    public ScheduledJobBody? Job { get; init; }

    public void Check(Faults faults)
    {
        faults.AddIf(Cron is null == EverySeconds is null, "cron", "Send exactly one of cron and everySeconds.");
        faults.AddIf(EverySeconds is not null and not (>= 1 and <= MaxSeconds), "everySeconds", "Must be 1 to 31622400.");
        faults.AddIf(Job is null, "job", "It is required.");
        faults.AddIf(Job is { TimeoutSeconds: not null and not (>= 1 and <= 86_400) }, "job.timeoutSeconds", "Must be 1 to 86400.");
        faults.AddIf(
            Job is { DeadlineSeconds: not null and not (>= 1 and <= 31_536_000) }, "job.deadlineSeconds", "Must be 1 to 31536000.");
    }

    /// <summary>Requires that <see cref="Check"/> found no faults.</summary>
    public Schedule ToSchedule(string id) => new(id, Job!.ToNewJob())
    {
        Cron = Cron,
        TimeZone = TimeZone ?? "UTC",
        Every = EverySeconds is { } every ? TimeSpan.FromMilliseconds(Math.Round(every * 1000)) : null,
        Limit = Limit,
        Until = Until,
    };
}
