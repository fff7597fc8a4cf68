using System.Diagnostics.CodeAnalysis;
using Cronos;
using JubileeVerse.Errors;
using JubileeVerse.Queues.Store.Rows;
using JubileeVerse.Rules;

namespace JubileeVerse.Queues.Schedules;

/// <summary>Computes when a schedule's jobs are due. The functions are pure: callers pass the current time.</summary>
/// <remarks>
/// When daylight saving time starts, an occurrence inside the skipped hour is due at the end of that hour. When it ends, a fixed time of
/// day is due once, at its first occurrence, and an interval expression continues through both hours.
/// </remarks>
internal static class ScheduleRule
{
    private const int FieldCountWithSeconds = 6;

    /// <summary>
    /// Throws for the first invalid field. Of the job template, only the fields that a schedule sets itself are checked;
    /// <see cref="Jobs.NewJob.Check"/> checks the others.
    /// </summary>
    public static void Validate(Schedule schedule)
    {
        Require(schedule.Id.Length is >= 1 and <= Schedule.MaxIdLength, "id", $"Must have 1 to {Schedule.MaxIdLength} characters.");
        Require(StorableText.IsStorable(schedule.Id), "id", StorableText.Rule);
        Require(PathSegment.IsValid(schedule.Id), "id", PathSegment.Rule);
        Require(schedule.Cron is null != schedule.Every is null, "cron", "Exactly one of cron and every must be set.");
        Require(
            schedule.Cron is null || TryParse(schedule.Cron, out _),
            "cron",
            "Must be a cron expression of 5 fields, or of 6 fields with the seconds first.");
        Require(
            TimeZoneInfo.TryFindSystemTimeZoneById(schedule.TimeZone, out _),
            "timeZone",
            "Must be the name of a time zone, such as Europe/Berlin.");
        Require(
            schedule.Every is not { } every
                || (every >= JobLimits.MinEvery && every <= JobLimits.MaxEvery && every.Ticks % TimeSpan.TicksPerMillisecond == 0),
            "every",
            $"Must be {JobLimits.MinEvery.TotalSeconds} s to {JobLimits.MaxEvery.TotalDays} days, in whole milliseconds.");
        Require(schedule.Limit is null or >= 1, "limit", "Must be 1 or more.");
        Require(schedule.Job.Id is null, "job.id", "Must not be set, because the schedule generates it.");
        Require(schedule.Job.DedupKey is null, "job.dedupKey", "Must not be set, because a schedule has at most one pending job.");
        Require(schedule.Job.Delay == TimeSpan.Zero, "job.delay", "Must be 0, because the schedule determines when the job is due.");

        static void Require(bool isValid, string field, string rule)
        {
            if (!isValid) throw JubileeException.Invalid(field, rule);
        }
    }

    /// <summary>Creates the entry of a schedule that starts now, with its first job; without a job when no occurrence is due.</summary>
    public static ScheduleEntry Begin(Schedule schedule, long nowMs) => Next(new ScheduleEntry(schedule, nowMs, 0, null), nowMs);

    /// <summary>Returns the entry with the job that follows the pending one. Missed occurrences are skipped.</summary>
    public static ScheduleEntry Next(ScheduleEntry entry, long nowMs)
    {
        var due = entry.Made >= entry.Schedule.Limit ? null : After(entry, Math.Max(nowMs, entry.DueMs ?? nowMs));
        return due is null || due > entry.Schedule.Until?.ToUnixTimeMilliseconds()
            ? entry with { DueMs = null }
            : entry with { DueMs = due, Made = entry.Made + 1 };
    }

    private static long? After(ScheduleEntry entry, long instantMs)
    {
        if (entry.Schedule.Every is { } every)
        {
            var everyMs = (long)every.TotalMilliseconds;
            return entry.AnchorMs + (((instantMs - entry.AnchorMs) / everyMs) + 1) * everyMs;
        }

        return TryParse(entry.Schedule.Cron!, out var cron)
            ? cron
                .GetNextOccurrence(UnixTime.FromMilliseconds(instantMs), TimeZoneInfo.FindSystemTimeZoneById(entry.Schedule.TimeZone))
                ?.ToUnixTimeMilliseconds()
            : null;
    }

    private static bool TryParse(string text, [NotNullWhen(true)] out CronExpression? cron)
    {
        var fields = text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Length;
        var format = fields == FieldCountWithSeconds ? CronFormat.IncludeSeconds : CronFormat.Standard;
        cron = null;
        return fields is FieldCountWithSeconds - 1 or FieldCountWithSeconds && CronExpression.TryParse(text, format, out cron);
    }
}
