using System.Globalization;
using JubileeVerse.Errors;
using JubileeVerse.Queues;
using JubileeVerse.Queues.Jobs;
using JubileeVerse.Queues.Schedules;

namespace JubileeVerse.Grains.Tests.Queues.Schedules;

public sealed class ScheduleRuleTests
{
    private static NewJob Job { get; } = new("job", "{}");

    public static TheoryData<string, Schedule> InvalidSchedules => new()
    {
        { "id", new Schedule("", Job) { Cron = "* * * * *" } },
        { "id", new Schedule(new string('s', Schedule.MaxIdLength + 1), Job) { Cron = "* * * * *" } },
        { "id", new Schedule("a/b", Job) { Cron = "* * * * *" } },
        { "id", new Schedule("a\0b", Job) { Cron = "* * * * *" } },
        { "cron", new Schedule("s", Job) },
        { "cron", new Schedule("s", Job) { Cron = "* * * * *", Every = TimeSpan.FromHours(1) } },
        { "cron", new Schedule("s", Job) { Cron = "* * * *" } },
        { "cron", new Schedule("s", Job) { Cron = "61 * * * *" } },
        { "cron", new Schedule("s", Job) { Cron = "@daily" } },
        { "timeZone", new Schedule("s", Job) { Cron = "* * * * *", TimeZone = "Europe/Atlantis" } },
        { "every", new Schedule("s", Job) { Every = TimeSpan.FromMilliseconds(999) } },
        { "every", new Schedule("s", Job) { Every = TimeSpan.FromDays(367) } },
        { "every", new Schedule("s", Job) { Every = TimeSpan.FromSeconds(1) + TimeSpan.FromTicks(1) } },
        { "limit", new Schedule("s", Job) { Cron = "* * * * *", Limit = 0 } },
        { "job.id", new Schedule("s", Job with { Id = new JobId("mine") }) { Cron = "* * * * *" } },
        { "job.dedupKey", new Schedule("s", Job with { DedupKey = "mine" }) { Cron = "* * * * *" } },
        { "job.delay", new Schedule("s", Job with { Delay = TimeSpan.FromSeconds(1) }) { Cron = "* * * * *" } },
    };

    [Theory]
    [MemberData(nameof(InvalidSchedules))]
    public void Validate_InvalidField_IsNamedInTheError(string field, Schedule schedule)
    {
        var fault = Assert.Throws<JubileeException>(() => ScheduleRule.Validate(schedule));

        Assert.Equal(field, fault.Field);
    }

    [Theory]
    [InlineData("0 3 * * *", "2026-01-01T03:00:00Z", "2026-01-02T03:00:00Z")]
    [InlineData("*/15 * * * * *", "2026-01-01T00:00:15Z", "2026-01-01T00:00:30Z")]
    [InlineData("0 0 29 2 *", "2028-02-29T00:00:00Z", "2032-02-29T00:00:00Z")]
    public void Next_Cron_IsTheOccurrenceAfterThePendingOne(string cron, string first, string second)
    {
        var entry = ScheduleRule.Begin(new Schedule("s", Job) { Cron = cron }, Ms("2026-01-01T00:00:00Z"));

        Assert.Equal((Ms(first), 1), (entry.DueMs!.Value, entry.Made));
        Assert.Equal(Ms(second), ScheduleRule.Next(entry, Ms(first)).DueMs);
    }

    [Theory]
    // The clock is set forward at 02:00 on 29 March 2026: 02:30 of that day is due once, when the gap ends.
    [InlineData("30 2 * * *", "2026-03-28T12:00:00+01:00", "2026-03-29T03:00:00+02:00", "2026-03-30T02:30:00+02:00")]
    // The clock is set back at 03:00 on 25 October 2026: a time of day is due once, the first time that it occurs.
    [InlineData("30 2 * * *", "2026-10-24T12:00:00+02:00", "2026-10-25T02:30:00+02:00", "2026-10-26T02:30:00+01:00")]
    // An interval is due in both hours.
    [InlineData("*/30 * * * *", "2026-10-25T02:00:00+02:00", "2026-10-25T02:30:00+02:00", "2026-10-25T02:00:00+01:00")]
    // Midday stays midday across the change.
    [InlineData("0 12 * * *", "2026-03-28T11:00:00+01:00", "2026-03-28T12:00:00+01:00", "2026-03-29T12:00:00+02:00")]
    public void Next_DaylightSavingChange_KeepsTheTimeOfDay(string cron, string from, string first, string second)
    {
        var entry = ScheduleRule.Begin(new Schedule("s", Job) { Cron = cron, TimeZone = "Europe/Berlin" }, Ms(from));

        Assert.Equal(Ms(first), entry.DueMs);
        Assert.Equal(Ms(second), ScheduleRule.Next(entry, Ms(first)).DueMs);
    }

    [Fact]
    public void Next_Interval_KeepsItsPhaseAndSkipsMissedRuns()
    {
        var entry = ScheduleRule.Begin(new Schedule("s", Job) { Every = TimeSpan.FromSeconds(10) }, 1_000);
        Assert.Equal(11_000, entry.DueMs);

        Assert.Equal(21_000, ScheduleRule.Next(entry, 11_007).DueMs);
        Assert.Equal(101_000, ScheduleRule.Next(entry, 95_000).DueMs);
    }

    [Fact]
    public void Next_EndedBeforeItsDueTime_ReturnsTheFollowingInstant()
    {
        var entry = ScheduleRule.Begin(new Schedule("s", Job) { Every = TimeSpan.FromSeconds(10) }, 1_000);

        Assert.Equal(21_000, ScheduleRule.Next(entry, 5_000).DueMs);
    }

    [Fact]
    public void Next_LimitReached_CreatesNoMoreJobs()
    {
        var first = ScheduleRule.Begin(new Schedule("s", Job) { Every = TimeSpan.FromSeconds(10), Limit = 2 }, 0);
        var second = ScheduleRule.Next(first, 10_000);
        var end = ScheduleRule.Next(second, 20_000);

        Assert.Equal((20_000, 2), (second.DueMs!.Value, second.Made));
        Assert.Equal((null, 2), (end.DueMs, end.Made));
        Assert.Null(end.Pending);
    }

    [Fact]
    public void Next_AfterUntil_CreatesNoMoreJobs()
    {
        var schedule = new Schedule("s", Job) { Every = TimeSpan.FromSeconds(10), Until = DateTimeOffset.FromUnixTimeMilliseconds(20_000) };
        var first = ScheduleRule.Begin(schedule, 0);
        var second = ScheduleRule.Next(first, 10_000);

        Assert.Equal(20_000, second.DueMs);
        Assert.Null(ScheduleRule.Next(second, 20_000).DueMs);
    }

    [Fact]
    public void Begin_NeverDue_HasNoPendingJob() =>
        Assert.Null(ScheduleRule.Begin(new Schedule("s", Job) { Cron = "0 0 30 2 *" }, 0).Pending);

    private static long Ms(string instant) => DateTimeOffset.Parse(instant, CultureInfo.InvariantCulture).ToUnixTimeMilliseconds();
}
