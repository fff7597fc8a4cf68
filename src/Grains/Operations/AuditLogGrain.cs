using Dapper;
using JubileeVerse.Accounts;
using JubileeVerse.Paging;
using JubileeVerse.Storage.Batching;
using JubileeVerse.Storage.Dialects;
using Orleans.Concurrency;

namespace JubileeVerse.Operations;

[StatelessWorker, GrainType("audit-log")]
internal sealed class AuditLogGrain(IDatabase database, IWriteBatcher writes) : Grain, IAuditLogGrain
{
    public Task BeginAsync(AuditEntry entry, CancellationToken cancellationToken) =>
        writes.CommitAsync(AuditStatements.Begin(entry), cancellationToken);

    public Task EndAsync(Guid id, int status, CancellationToken cancellationToken) =>
        writes.CommitAsync(AuditStatements.End(id, status), cancellationToken);

    public async Task<Page<AuditEntry>> PageAsync(UserId? userId, string? act, PageRequest page, CancellationToken cancellationToken)
    {
        var after = Cursor.Parse(page.After);
        var userFilter = userId is null ? "" : "a.user_id = @userId and ";
        var actFilter = act is null ? "" : "a.act = @act and ";
        await using var connection = await database.OpenAsync(cancellationToken);
        var rows = (await connection.QueryAsync<AuditRow>(
            $"""
            select a.id as Id, a.at as At, a.user_id as UserId, a.user_name as UserName, a.act as Act, a.target as Target,
                a.details as Details, a.status as Status
            from admin_audit a where {userFilter}{actFilter}(a.at, a.id) < (@at, @id) order by a.at desc, a.id desc limit @limit
            """,
            new { userId = userId?.ToString(), act, at = after.At, id = after.Id, limit = page.Limit + 1 })).AsList();
        return KeysetPage.Create(rows, page.Limit, row => row.ToEntry(), row => Cursor.Encode(row.At, row.Id));
    }
}
