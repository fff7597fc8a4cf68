using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Dapper;
using JubileeVerse.Queues.Jobs;
using JubileeVerse.Queues.State.Jobs;
using JubileeVerse.Queues.Store.Rows;
using JubileeVerse.Queues.Store.Statements;
using JubileeVerse.Storage;
using JubileeVerse.Storage.Batching;
using JubileeVerse.Storage.Dialects;

namespace JubileeVerse.Queues.Store;

internal sealed partial class SqlJobStore(IDatabase database, IWriteBatcher batcher) : IJobStore
{
    // The conditions of separate queries, because each has an index; one combined query would read and sort the whole table. The last
    // selects failed children of blocked parents of any age, for a queue that failed before it failed or unblocked the parents.
    private static readonly string[] LoadConditions =
    [
        "j.ended_at is null order by j.accepted_at",
        "j.ended_at > @endedSinceMs",
        """
        j.state = 'failed' and j.ended_at is not null and j.parent_id is not null
            and (select p.state from jobs p where p.queue = @queue and p.id = j.parent_id) = 'blocked'
        """,
    ];

    private static readonly int[] ReadSizes = [1, 8, 32, 128];

    public async Task<QueueHead> RaiseEpochAsync(string queue, CancellationToken cancellationToken)
    {
        // Two activations may race. Each raises the epoch that it has read, so they cannot get the same epoch.
        while (true)
        {
            await batcher.CommitAsync(JobStatements.EnsureQueue(queue), CancellationToken.None);
            var row = await ReadAsync(connection => connection.QuerySingleAsync<QueueRow>(
                """
                select epoch as Epoch, paused as Paused, concurrency_per_silo as ConcurrencyPerSilo, starts_per_second as StartsPerSecond,
                    concurrency as Concurrency
                from queues where name = @queue
                """, new { queue }), cancellationToken);
            try
            {
                await batcher.CommitAsync(JobStatements.RaiseEpoch(queue, row.Epoch), CancellationToken.None);
                return row.ToHead(row.Epoch + 1);
            }
            catch (StaleWriterException)
            {
                cancellationToken.ThrowIfCancellationRequested();
            }
        }
    }

    public async IAsyncEnumerable<StoredJob> LoadAsync(
        string queue, long endedSinceMs, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        foreach (var condition in LoadConditions)
        {
            var rows = connection.QueryUnbufferedAsync<JobRow>(
                $"select {JobRow.ColumnsWithoutPayload} from jobs j where j.queue = @queue and {condition}", new { queue, endedSinceMs });
            await foreach (var row in rows.WithCancellation(cancellationToken))
                yield return row.ToStored();
        }
    }

    public async Task<ImmutableArray<StoredJob>> OpenSinceAsync(
        string queue, long sinceMs, bool hasSortKey, CancellationToken cancellationToken)
    {
        var condition = hasSortKey
            ? "j.accepted_at >= @sinceMs order by j.accepted_at"
            : "j.place is null order by j.accepted_at limit 10000";
        var rows = await ReadAsync(connection => connection.QueryAsync<JobRow>(
            $"select {JobRow.ColumnsWithoutPayload} from jobs j where j.queue = @queue and j.ended_at is null and {condition}",
            new { queue, sinceMs }), cancellationToken);
        return [.. rows.Select(row => row.ToStored())];
    }

    public async Task<ImmutableArray<UnacknowledgedEnd>> UnacknowledgedEndsAsync(
        string queue, JobId? after, int limit, CancellationToken cancellationToken)
    {
        var rows = await ReadAsync(connection => connection.QueryAsync<JobRow>(
            $"""
            select {JobRow.ColumnsWithoutPayload} from jobs j
            where j.queue = @queue and j.told = false and j.ended_at is not null and j.id > @after order by j.id limit @limit
            """, new { queue, after = after?.Value ?? "", limit }), cancellationToken);
        return [.. rows.Select(row => UnacknowledgedEnd.From(row.ToStored()))];
    }

    public async Task<ImmutableArray<Job>> JobsAsync(string queue, IReadOnlyCollection<JobId> ids, CancellationToken cancellationToken)
    {
        var jobs = ImmutableArray.CreateBuilder<Job>(ids.Count);
        await using var connection = await database.OpenAsync(cancellationToken);
        foreach (var chunk in ids.Chunk(ReadSizes[^1]))
        {
            // The list has one of a few sizes and is filled up with the last id, so that each text is prepared once.
            var size = ReadSizes.First(size => size >= chunk.Length);
            var parameters = new DynamicParameters(new { queue });
            for (var i = 0; i < size; i++)
                parameters.Add($"id{i}", chunk[Math.Min(i, chunk.Length - 1)].Value);
            var names = string.Join(',', Enumerable.Range(0, size).Select(i => $"@id{i}"));
            var rows = await connection.QueryAsync<JobRow>(
                $"select {JobRow.Columns} from jobs j where j.queue = @queue and j.id in ({names})", parameters);
            jobs.AddRange(rows.Select(row => row.ToJob()));
        }

        return jobs.ToImmutable();
    }

    public WriteUnit Insert(string queue, IReadOnlyCollection<(Job Job, long SortKey)> jobs) =>
        JobBulk.Insert(database.Dialect, queue, jobs);

    public WriteUnit Pack(string queue, long epoch, JobPack pack) => JobPackStatements.Insert(queue, epoch, pack);

    public Statement RemovePack(string queue, string id) => JobPackStatements.Delete(queue, id);

    public async Task<JobPack?> OldestPackAsync(string queue, CancellationToken cancellationToken)
    {
        var packs = await ReadAsync(connection => connection.QueryAsync<(string Id, string Jobs)>(
            "select id, jobs from job_packs where queue = @queue order by id limit 1", new { queue }), cancellationToken);
        return packs.Select(pack => JobPack.Parse(queue, pack.Id, pack.Jobs)).FirstOrDefault();
    }

    public WriteUnit Change(
        string queue, long epoch, IReadOnlyCollection<JobChange> changes, IReadOnlyList<(Job Job, JobChange Change)> packed) =>
        new([.. JobBulk.Change(database.Dialect, queue, epoch, changes, packed)]);

    public Task MarkAcknowledgedAsync(string queue, JobId id, CancellationToken cancellationToken) =>
        batcher.CommitAsync(JobStatements.MarkAcknowledged(queue, id), cancellationToken);

    public Task SetPausedAsync(string queue, long epoch, bool paused, CancellationToken cancellationToken) =>
        batcher.CommitAsync(JobStatements.SetPaused(queue, epoch, paused), cancellationToken);

    public Task SetLimitsAsync(string queue, long epoch, LimitsChange change, CancellationToken cancellationToken) =>
        batcher.CommitAsync(JobStatements.SetLimits(queue, epoch, change), cancellationToken);

    public async Task<EndedCounts> CountEndedAsync(string queue, CancellationToken cancellationToken)
    {
        var rows = await ReadAsync(connection => connection.QueryAsync<(string State, long Count)>(
            "select state, count(*) from jobs where queue = @queue and ended_at is not null group by state",
            new { queue }), cancellationToken);
        var counts = rows.ToDictionary(row => EnumText<JobState>.Parse(row.State), row => row.Count);
        return new EndedCounts(
            counts.GetValueOrDefault(JobState.Completed),
            counts.GetValueOrDefault(JobState.Failed),
            counts.GetValueOrDefault(JobState.Cancelled));
    }

    public async Task<JobView?> FindAsync(string queue, JobId id, CancellationToken cancellationToken)
    {
        var row = await ReadAsync(connection => connection.QuerySingleOrDefaultAsync<JobRow>(
            $"""
            select {JobRow.ColumnsWithoutPayload}, j.progress as Progress, j.log as Log
            from jobs j where j.queue = @queue and j.id = @id
            """, new { queue, id = id.Value }), cancellationToken);
        return row?.ToView();
    }

    public async Task<ImmutableArray<JobView>> ChildrenAsync(string queue, JobId parent, CancellationToken cancellationToken)
    {
        var rows = await ReadAsync(connection => connection.QueryAsync<JobRow>(
            $"select {JobRow.ColumnsWithoutPayload} from jobs j where j.queue = @queue and j.parent_id = @parent order by j.order_number",
            new { queue, parent = parent.Value }), cancellationToken);
        return [.. rows.Select(row => row.ToView())];
    }

    private async Task<T> ReadAsync<T>(Func<System.Data.Common.DbConnection, Task<T>> query, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        return await query(connection);
    }

    private sealed class QueueRow
    {
        public long Epoch { get; init; }

        public bool Paused { get; init; }

        public int? ConcurrencyPerSilo { get; init; }

        public int? StartsPerSecond { get; init; }

        public int? Concurrency { get; init; }

        public QueueHead ToHead(long epoch) => new(epoch, Paused, new QueueControls(ConcurrencyPerSilo, StartsPerSecond, Concurrency));
    }
}
