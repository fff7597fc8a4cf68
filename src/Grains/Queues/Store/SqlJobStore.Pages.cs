using Dapper;
using JubileeVerse.Paging;
using JubileeVerse.Queues.Jobs;
using JubileeVerse.Queues.State.Jobs;
using JubileeVerse.Queues.Store.Rows;
using JubileeVerse.Storage.Dialects;

namespace JubileeVerse.Queues.Store;

/// <content>
/// Pages of jobs. Open jobs are read in the order of an index, because there may be a million. Of ended jobs so few are kept that they can
/// be sorted.
/// </content>
internal sealed partial class SqlJobStore
{
    public async Task<Page<JobView>> PageAsync(string queue, JobQuery query, PageRequest page, CancellationToken cancellationToken)
    {
        var sql = query.State is { } state
            ? Part(query, JobStateMachine.IsOpen(state))
            : $"""
              select * from ({Part(query, isOpen: true)}) o union all select * from ({Part(query, isOpen: false)}) e
              order by AcceptedAt {Direction(query)}, Id {Direction(query)} limit @limit
              """;
        var after = page.After is null && query.OldestFirst ? (At: long.MinValue, Id: "") : Cursor.Parse(page.After);
        var rows = (await ReadAsync(connection => connection.QueryAsync<JobRow>(
            sql,
            new
            {
                queue,
                state = query.State is { } wanted ? EnumText<JobState>.Format(wanted) : null,
                userId = query.UserId,
                at = after.At,
                id = after.Id,
                limit = page.Limit + 1,
            }), cancellationToken)).AsList();
        return KeysetPage.Create(rows, page.Limit, row => row.ToView(), row => Cursor.Encode(row.AcceptedAt, row.Id));
    }

    private static string Part(JobQuery query, bool isOpen)
    {
        var state = query.State is null ? "" : "and j.state = @state";
        var user = query.UserId is null ? "" : "and j.user_id = @userId";
        var comparison = query.OldestFirst ? ">" : "<";

        // The second condition on the cursor implies the first, but only the first can use an index on the instant alone.
        return $"""
            select {JobRow.ColumnsWithoutPayload} from jobs j
            where j.queue = @queue and j.ended_at is {(isOpen ? "" : "not ")}null {state} {user}
                and j.accepted_at {comparison}= @at and (j.accepted_at, j.id) {comparison} (@at, @id)
            order by j.accepted_at {Direction(query)}, j.id {Direction(query)} limit @limit
            """;
    }

    private static string Direction(JobQuery query) => query.OldestFirst ? "asc" : "desc";
}
