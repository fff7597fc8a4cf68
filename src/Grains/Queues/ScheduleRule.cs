using System.Diagnostics.CodeAnalysis;
using Cronos;
using JubileeVerse.Errors;
using JubileeVerse.Queues.Store;

namespace JubileeVerse.Queues;

/// <summary>When a schedule's jobs are due. Pure: the instants are given.</summary>
/// <remarks>
/// Where a clock is set forward, what would fall into the gap is due at its end. Where it is set back, a fixed time of day is due once, at
/// its first occurrence, and what returns by an interval goes on through both hours.
/// </remarks>
internal static class ScheduleRule
{
    private const int FieldsWithSeconds = 6;

    private static readonly TimeSpan MinEvery = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan MaxEvery = TimeSpan.FromDays(366);

    /// <summary>Throws for the first field that is wrong. What is in the job itself is not looked at, but for what no schedule can have.</summary>
    public static void Check(Schedule schedule)
    {
        Require(schedule.Id.Length is >= 1 and <= Schedule.MaxIdLength, "id", $"Must have 1 to {Schedule.MaxIdLength} characters.");
        Require(NewJobs.IsText(schedule.Id), "id", NewJobs.NoText);
        Require(NewJobs.IsPathSegment(schedule.Id), "id", NewJobs.NoPathSegment);
        Require(schedule.Cron is null != schedule.Every is null, "cron", "Must have a cron expression or a period, one of the two.");
        Require(schedule.Cron is null || TryParse(schedule.Cron, out _), "cron", "Must be a cron expression of 5 fields, or of 6 with the seconds first.");
        Require(TimeZoneInfo.TryFindSystemTimeZoneById(schedule.TimeZone, out _), "timeZone", "Must be the name of a time zone, such as Europe/Berlin.");
        Require(
            schedule.Every is not { } every || (every >= MinEvery && every <= MaxEvery && every.Ticks % TimeSpan.TicksPerMillisecond == 0),
            "every",
            $"Must be {MinEvery.TotalSeconds} s to {MaxEvery.TotalDays} days, in whole milliseconds.");
        Require(schedule.Limit is null or >= 1, "limit", "Must be 1 or more.");
        Require(schedule.Job.Id is null, "job.id", "Is made by the schedule.");
        Require(schedule.Job.DedupKey is null, "job.dedupKey", "A schedule has one pending job at most.");
        Require(schedule.Job.Delay == TimeSpan.Zero, "job.delay", "The schedule says when it is due.");

        static void Require(bool holds, string field, string rule)
        {
            if (!holds) throw JubileeException.Invalid(field, rule);
        }
    }

    /// <summary>A schedule that begins now, with its first job; without one where it never comes.</summary>
    public static ScheduleEntry Begin(Schedule schedule, long nowMs) => Next(new ScheduleEntry(schedule, nowMs, 0, null), nowMs);

    /// <summary>With the job after the one that was pending. What was missed since is not made up for.</summary>
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
            ? cron.GetNextOccurrence(UnixTime.At(instantMs), TimeZoneInfo.FindSystemTimeZoneById(entry.Schedule.TimeZone))?.ToUnixTimeMilliseconds()
            : null;
    }

    private static bool TryParse(string text, [NotNullWhen(true)] out CronExpression? cron)
    {
        var fields = text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Length;
        var format = fields == FieldsWithSeconds ? CronFormat.IncludeSeconds : CronFormat.Standard;
        cron = null;
        return fields is FieldsWithSeconds - 1 or FieldsWithSeconds && CronExpression.TryParse(text, format, out cron);
    }
}
