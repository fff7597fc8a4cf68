using Dapper;
using JubileeVerse.Paging;
using JubileeVerse.Queues.State;
using JubileeVerse.Storage;

namespace JubileeVerse.Queues.Store;

/// <content>
/// Pages of jobs. Open ones are read in the order of their index, as there may be a million; of ended ones so few are kept that they can be sorted.
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
                state = query.State is { } wanted ? EnumText<JobState>.Of(wanted) : null,
                userId = query.UserId,
                at = after.At,
                id = after.Id,
                limit = page.Limit + 1,
            }), cancellationToken)).AsList();
        return KeysetPage.Of(rows, page.Limit, row => row.ToView(), row => Cursor.Of(row.AcceptedAt, row.Id));
    }

    private static string Part(JobQuery query, bool isOpen)
    {
        var state = query.State is null ? "" : "and j.state = @state";
        var user = query.UserId is null ? "" : "and j.user_id = @userId";
        var beyond = query.OldestFirst ? ">" : "<";

        // The first condition on the cursor is implied by the second; it is what an index on the instant alone can use.
        return $"""
            select {JobRow.ColumnsWithoutPayload} from jobs j
            where j.queue = @queue and j.ended_at is {(isOpen ? "" : "not ")}null {state} {user}
                and j.accepted_at {beyond}= @at and (j.accepted_at, j.id) {beyond} (@at, @id)
            order by j.accepted_at {Direction(query)}, j.id {Direction(query)} limit @limit
            """;
    }

    private static string Direction(JobQuery query) => query.OldestFirst ? "asc" : "desc";
}
