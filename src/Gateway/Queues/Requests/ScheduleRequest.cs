using JubileeVerse.Gateway.Errors;
using JubileeVerse.Gateway.Operations;
using JubileeVerse.Queues;
using JubileeVerse.Rules;

namespace JubileeVerse.Gateway.Queues.Requests;

/// <summary>A schedule to create or replace; its id is in the path. The queue grain validates the cron expression.</summary>
internal sealed record ScheduleRequest : ICheckedRequest, IAuditedRequest
{
    public string? Cron { get; init; }

    public string? TimeZone { get; init; }

    public double? EverySeconds { get; init; }

    public int? Limit { get; init; }

    public DateTimeOffset? Until { get; init; }

    public ScheduledJobBody? Job { get; init; }

    public void Check(Faults faults)
    {
        faults.AddIf(Cron is null == EverySeconds is null, "cron", "Send exactly one of cron and everySeconds.");
        CheckSeconds(faults, "everySeconds", EverySeconds, JobLimits.MaxEvery);
        faults.AddIf(Job is null, "job", TextField.RequiredRule);
        CheckSeconds(faults, "job.timeoutSeconds", Job?.TimeoutSeconds, JobLimits.MaxTimeout);
        CheckSeconds(faults, "job.deadlineSeconds", Job?.DeadlineSeconds, JobLimits.MaxDelay);
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

    /// <summary>NaN is a fault too, because it is not within any range.</summary>
    private static void CheckSeconds(Faults faults, string field, double? seconds, TimeSpan max) => faults.AddIf(
        seconds is { } value && !(value >= 1 && value <= max.TotalSeconds), field, $"Must be 1 to {max.TotalSeconds:0}.");
}
