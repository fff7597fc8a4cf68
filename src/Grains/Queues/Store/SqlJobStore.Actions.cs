using System.Collections.Immutable;
using Dapper;
using JubileeVerse.Queues.Jobs;
using JubileeVerse.Queues.State.Jobs;
using JubileeVerse.Queues.Store.Rows;
using JubileeVerse.Queues.Store.Statements;
using JubileeVerse.Storage.Batching;
using JubileeVerse.Storage.Dialects;

namespace JubileeVerse.Queues.Store;

/// <content>The queries and writes of operators' actions.</content>
internal sealed partial class SqlJobStore
{
    public async Task<StoredJob?> FindStoredAsync(string queue, JobId id, CancellationToken cancellationToken)
    {
        var row = await ReadAsync(connection => connection.QuerySingleOrDefaultAsync<JobRow>(
            $"select {JobRow.Columns} from jobs j where j.queue = @queue and j.id = @id", new { queue, id = id.Value }), cancellationToken);
        return row?.ToStored();
    }

    public async Task<ImmutableArray<JobId>> EndedAsync(
        string queue, JobState state, long untilMs, int limit, CancellationToken cancellationToken)
    {
        var ids = await ReadAsync(connection => connection.QueryAsync<string>(
            """
            select j.id from jobs j
            where j.queue = @queue and j.state = @state and j.ended_at is not null and j.ended_at <= @untilMs and j.told
            order by j.ended_at limit @limit
            """, new { queue, state = EnumText<JobState>.Format(state), untilMs, limit }), cancellationToken);
        return [.. ids.Select(id => new JobId(id))];
    }

    public WriteUnit Reopen(Job job, long epoch, in JobChange change, long nowMs) =>
        JobActionStatements.Reopen(database.Dialect, job, epoch, change, nowMs);

    public WriteUnit Delete(string queue, long epoch, IReadOnlyList<JobId> ids, bool isOpen = false) =>
        JobActionStatements.Delete(queue, epoch, ids, isOpen);

    public Task MarkUnacknowledgedAsync(string queue, JobId id, CancellationToken cancellationToken) =>
        batcher.CommitAsync(JobActionStatements.MarkUnacknowledged(queue, id), cancellationToken);
}
