using Dapper;
using JubileeVerse.Errors;
using JubileeVerse.Rules;
using JubileeVerse.Storage.Batching;
using JubileeVerse.Storage.Dialects;
using Orleans.Concurrency;

namespace JubileeVerse.Accounts;

[StatelessWorker(MaxWorkers)]
internal sealed class SessionDirectoryGrain(IDatabase database, IWriteBatcher writes, TimeProvider time) : Grain, ISessionDirectoryGrain
{
    /// <summary>A worker runs one call at a time, and a change waits for its commit.</summary>
    private const int MaxWorkers = 64;
    private const int MaxPayloadBytes = 64 * 1024;

    public Task SetAsync(string key, SessionTicket ticket, CancellationToken cancellationToken)
    {
        if (ticket.Payload.Length > MaxPayloadBytes)
            throw JubileeException.Invalid("ticket", $"Must have at most {MaxPayloadBytes} bytes; it has {ticket.Payload.Length}.");
        return writes.CommitAsync(new WriteUnit(SessionStatements.Set(SessionKeyHash.Create(key), ticket)), cancellationToken);
    }

    public async Task<SessionTicket?> GetAsync(string key, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        var row = await connection.QuerySingleOrDefaultAsync<SessionRow>(new CommandDefinition(
            """
            select user_id as UserId, payload as Payload, expires_at as ExpiresAt from sessions
            where key_hash = @hash and expires_at > @now
            """,
            new { hash = SessionKeyHash.Create(key), now = time.GetUtcNow().ToUnixTimeMilliseconds() },
            cancellationToken: cancellationToken));
        return row?.ToTicket();
    }

    public Task RemoveAsync(string key, CancellationToken cancellationToken) =>
        writes.CommitAsync(new WriteUnit(SessionStatements.Remove(SessionKeyHash.Create(key))), cancellationToken);

    public Task RemoveAllAsync(UserId userId, CancellationToken cancellationToken) =>
        writes.CommitAsync(new WriteUnit(SessionStatements.RemoveAll(userId)), cancellationToken);
}
