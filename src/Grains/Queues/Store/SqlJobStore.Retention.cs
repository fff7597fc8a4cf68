using System.Collections.Immutable;
using Dapper;
using JubileeVerse.Storage;

namespace JubileeVerse.Queues.Store;

/// <content>What retention reads: always from one end of an index, never the whole of what has ended.</content>
internal sealed partial class SqlJobStore
{
    private const int MaxOwnRules = 100;

    public async Task<ImmutableArray<RetentionRule>> OwnRulesAsync(string queue, JobState state, CancellationToken cancellationToken)
    {
        var (count, ms) = KeepColumns(state);
        var rows = await ReadAsync(connection => connection.QueryAsync<(int Count, long Ms)>(
            $"""
            select distinct j.{count}, j.{ms} from jobs j
            where j.queue = @queue and j.{count} is not null and j.state = @state and j.ended_at is not null limit {MaxOwnRules}
            """, new { queue, state = EnumText<JobState>.Of(state) }), cancellationToken);
        return [.. rows.Select(row => new RetentionRule(state, row.Count, TimeSpan.FromMilliseconds(row.Ms), IsOwn: true))];
    }

    public async Task<RetentionBound> BoundAsync(string queue, RetentionRule rule, long nowMs, CancellationToken cancellationToken)
    {
        // Nothing at this instant has an empty id, so this is everything before it.
        var byAge = new RetentionBound(nowMs - (long)rule.MaxAge.TotalMilliseconds, "");
        var byCount = (await ReadAsync(connection => connection.QueryAsync<(long EndedAt, string Id)>(
            """
            select j.ended_at, j.id from jobs j
            where j.queue = @queue and j.state = @state and j.ended_at is not null
            order by j.ended_at desc, j.id desc limit 1 offset @count
            """, new { queue, state = EnumText<JobState>.Of(rule.State), count = rule.MaxCount }), cancellationToken)).AsList();
        return byCount is [var edge] && edge.EndedAt >= byAge.EndedAt ? new RetentionBound(edge.EndedAt, edge.Id) : byAge;
    }

    public async Task<ImmutableArray<JobId>> SurplusAsync(
        string queue, RetentionRule rule, RetentionBound bound, int limit, CancellationToken cancellationToken)
    {
        var (count, ms) = KeepColumns(rule.State);
        var whose = rule.IsOwn ? $"j.{count} = @count and j.{ms} = @ms" : $"j.{count} is null";
        var ids = await ReadAsync(connection => connection.QueryAsync<string>(
            $"""
            select j.id from jobs j
            where j.queue = @queue and j.state = @state and j.ended_at is not null and j.ended_at <= @endedAt
                and (j.ended_at < @endedAt or j.id <= @id) and j.told and {whose}
                and (j.parent_id is null or (select p.ended_at is null from jobs p where p.queue = @queue and p.id = j.parent_id) is not true)
            order by j.ended_at limit @limit
            """,
            new
            {
                queue,
                state = EnumText<JobState>.Of(rule.State),
                endedAt = bound.EndedAt,
                id = bound.Id,
                count = rule.MaxCount,
                ms = (long)rule.MaxAge.TotalMilliseconds,
                limit,
            }), cancellationToken);
        return [.. ids.Select(id => new JobId(id))];
    }

    private static (string Count, string Ms) KeepColumns(JobState state) =>
        state == JobState.Failed ? ("keep_failed_count", "keep_failed_ms") : ("keep_completed_count", "keep_completed_ms");
}
