using System.Collections.Immutable;
using Dapper;
using JubileeVerse.Queues.Jobs;
using JubileeVerse.Queues.Store.Rows;
using JubileeVerse.Storage.Dialects;

namespace JubileeVerse.Queues.Store;

/// <content>The queries of retention. Each reads from one end of an index and never scans all ended jobs.</content>
internal sealed partial class SqlJobStore
{
    private const int MaxOwnCounts = 100;

    private const string Deletable =
        """
        j.told and (j.parent_id is null
            or (select p.ended_at is null from jobs p where p.queue = @queue and p.id = j.parent_id) is not true)
        """;

    public async Task<ImmutableArray<int>> OwnCountsAsync(string queue, JobState state, int above, CancellationToken cancellationToken)
    {
        var (count, _) = KeepColumns(state);
        var counts = await ReadAsync(connection => connection.QueryAsync<int>(
            $"""
            select distinct j.{count} from jobs j
            where j.queue = @queue and j.{count} is not null and j.state = @state and j.ended_at is not null and j.{count} > @above
            order by 1 limit {MaxOwnCounts}
            """, new { queue, state = EnumText<JobState>.Format(state), above }), cancellationToken);
        return [.. counts];
    }

    public async Task<ImmutableArray<JobId>> OverAgeAsync(
        string queue, JobState state, long nowMs, int limit, CancellationToken cancellationToken)
    {
        var (count, ms) = KeepColumns(state);
        var ids = await ReadAsync(connection => connection.QueryAsync<string>(
            $"""
            select j.id from jobs j
            where j.queue = @queue and j.{count} is not null and j.state = @state and j.ended_at is not null
                and j.ended_at < @nowMs - j.{ms} and {Deletable}
            limit @limit
            """, new { queue, state = EnumText<JobState>.Format(state), nowMs, limit }), cancellationToken);
        return [.. ids.Select(id => new JobId(id))];
    }

    public async Task<RetentionBound> BoundAsync(string queue, RetentionRule rule, long nowMs, CancellationToken cancellationToken)
    {
        // No job has an empty id, so this bound selects only jobs that ended before the instant.
        var byAge = new RetentionBound(rule.MaxAge is { } age ? nowMs - (long)age.TotalMilliseconds : long.MinValue, "");
        var byCount = (await ReadAsync(connection => connection.QueryAsync<(long EndedAt, string Id)>(
            """
            select j.ended_at, j.id from jobs j
            where j.queue = @queue and j.state = @state and j.ended_at is not null
            order by j.ended_at desc, j.id desc limit 1 offset @count
            """, new { queue, state = EnumText<JobState>.Format(rule.State), count = rule.MaxCount }), cancellationToken)).AsList();
        return byCount is [var edge] && edge.EndedAt >= byAge.EndedAt ? new RetentionBound(edge.EndedAt, edge.Id) : byAge;
    }

    public async Task<ImmutableArray<JobId>> SurplusAsync(
        string queue, RetentionRule rule, RetentionBound bound, int limit, CancellationToken cancellationToken)
    {
        var (count, _) = KeepColumns(rule.State);
        var ruleFilter = rule.IsOwn ? $"j.{count} = @count" : $"j.{count} is null";
        var ids = await ReadAsync(connection => connection.QueryAsync<string>(
            $"""
            select j.id from jobs j
            where j.queue = @queue and j.state = @state and j.ended_at is not null and j.ended_at <= @endedAt
                and (j.ended_at < @endedAt or j.id <= @id) and {ruleFilter} and {Deletable}
            order by j.ended_at limit @limit
            """,
            new
            {
                queue,
                state = EnumText<JobState>.Format(rule.State),
                endedAt = bound.EndedAt,
                id = bound.Id,
                count = rule.MaxCount,
                limit,
            }), cancellationToken);
        return [.. ids.Select(id => new JobId(id))];
    }

    private static (string Count, string Ms) KeepColumns(JobState state) =>
        state == JobState.Failed ? ("keep_failed_count", "keep_failed_ms") : ("keep_completed_count", "keep_completed_ms");
}
