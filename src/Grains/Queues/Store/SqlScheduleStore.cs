using System.Collections.Immutable;
using System.Text.Json;
using Dapper;
using JubileeVerse.Queues.Jobs;
using JubileeVerse.Queues.Store.Rows;
using JubileeVerse.Storage.Batching;
using JubileeVerse.Storage.Dialects;

namespace JubileeVerse.Queues.Store;

internal sealed class SqlScheduleStore(IDatabase database) : IScheduleStore
{
    private const string PutSchedule =
        """
        insert into job_schedules (queue, id, cron, time_zone, every_ms, job, max_jobs, until, anchor_at, made, next_at)
        values (@queue, @id, @cron, @timeZone, @everyMs, @job, @maxJobs, @until, @anchorAt, @made, @nextAt)
        on conflict (queue, id) do update set cron = excluded.cron, time_zone = excluded.time_zone, every_ms = excluded.every_ms,
            job = excluded.job, max_jobs = excluded.max_jobs, until = excluded.until, anchor_at = excluded.anchor_at, made = excluded.made,
            next_at = excluded.next_at
        """;

    private const string DeleteSchedule = "delete from job_schedules where queue = @queue and id = @id";

    private const string DeleteUnstarted = "delete from jobs where queue = @queue and id = @id and ended_at is null and started_count = 0";

    public async Task<ImmutableArray<ScheduleEntry>> LoadAsync(string queue, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        var rows = await connection.QueryAsync<Row>(
            """
            select id as Id, cron as Cron, time_zone as TimeZone, every_ms as EveryMs, job as Job, max_jobs as MaxJobs, until as Until,
                anchor_at as AnchorAt, made as Made, next_at as NextAt
            from job_schedules where queue = @queue
            """, new { queue });
        return [.. rows.Select(row => row.ToEntry())];
    }

    public Statement Put(string queue, ScheduleEntry entry) => new(
        PutSchedule,
        ("queue", queue),
        ("id", entry.Schedule.Id),
        ("cron", entry.Schedule.Cron),
        ("timeZone", entry.Schedule.TimeZone),
        ("everyMs", (long?)entry.Schedule.Every?.TotalMilliseconds),
        ("job", JsonSerializer.Serialize(entry.Schedule.Job)),
        ("maxJobs", entry.Schedule.Limit),
        ("until", entry.Schedule.Until?.ToUnixTimeMilliseconds()),
        ("anchorAt", entry.AnchorMs),
        ("made", entry.Made),
        ("nextAt", entry.DueMs));

    public Statement Delete(string queue, string id) => new(DeleteSchedule, ("queue", queue), ("id", id));

    public Statement DeletePending(string queue, JobId id) => new(DeleteUnstarted, ("queue", queue), ("id", id.Value));

    private sealed class Row
    {
        public string Id { get; init; } = "";

        public string? Cron { get; init; }

        public string TimeZone { get; init; } = "";

        public long? EveryMs { get; init; }

        public string Job { get; init; } = "";

        public int? MaxJobs { get; init; }

        public long? Until { get; init; }

        public long AnchorAt { get; init; }

        public int Made { get; init; }

        public long? NextAt { get; init; }

        public ScheduleEntry ToEntry()
        {
            var job = JsonSerializer.Deserialize<NewJob>(Job) ?? throw new FormatException($"The stored schedule {Id} has no job.");
            var schedule = new Schedule(Id, job)
            {
                Cron = Cron,
                TimeZone = TimeZone,
                Every = EveryMs is { } every ? TimeSpan.FromMilliseconds(every) : null,
                Limit = MaxJobs,
                Until = UnixTime.FromMilliseconds(Until),
            };
            return new ScheduleEntry(schedule, AnchorAt, Made, NextAt);
        }
    }
}
