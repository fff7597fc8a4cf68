using Dapper;
using JubileeVerse.Storage;

namespace JubileeVerse.Queues;

/// <content>What operators' acts read and write.</content>
internal sealed partial class SqlJobStore
{
    public async Task<JobRecord?> RecordAsync(string queue, JobId id, CancellationToken cancellationToken)
    {
        var row = await ReadAsync(connection => connection.QuerySingleOrDefaultAsync<JobRow>(
            $"select {JobRow.Columns} from jobs j where j.queue = @queue and j.id = @id", new { queue, id = id.Value }), cancellationToken);
        return row is null ? null : new JobRecord(row.ToStored(), row.ToJob(), row.Told, row.Failure);
    }

    public WriteUnit Reopen(Job job, long epoch, in JobChange change, long nowMs) => JobActStatements.Reopen(job, epoch, change, nowMs);

    public WriteUnit Delete(string queue, long epoch, IReadOnlyList<JobId> ids) => JobActStatements.Delete(queue, epoch, ids);

    public Task SetUntoldAsync(string queue, JobId id, CancellationToken cancellationToken) =>
        batcher.CommitAsync(JobActStatements.SetUntold(queue, id), cancellationToken);
}
