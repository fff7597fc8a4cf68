using JubileeVerse.Accounts;
using JubileeVerse.Errors;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace JubileeVerse.Gateway.Accounts;

/// <summary>
/// Keeps sessions in Redis, where every gateway of the cluster finds them, and where one that ends has ended for all.
/// </summary>
/// <remarks>
/// While Redis is away, a session that was used here lately goes on from a copy. Whether any other is good is not known, and to say
/// that it is not would sign people out: those calls throw <c>Unavailable</c>, as does everything that would change something.
/// </remarks>
internal sealed class RedisTicketStore(RedisSessions sessions, RecentSessions recent, TimeProvider time, IOptions<SessionsOptions> options) : ISessionStore
{
    public async Task<string> StoreAsync(AuthenticationTicket ticket)
    {
        var key = SessionKey.New();
        await WriteAsync(key, ticket, mustExist: false);
        return key;
    }

    /// <summary>Does nothing for a session that has ended meanwhile.</summary>
    public Task RenewAsync(string key, AuthenticationTicket ticket) => WriteAsync(key, ticket, mustExist: true);

    public Task<AuthenticationTicket?> RetrieveAsync(string key) => FindAsync(key, CancellationToken.None);

    public async Task<AuthenticationTicket?> FindAsync(string key, CancellationToken cancellationToken)
    {
        var hash = SessionKey.HashOf(key);
        var ticket = await ReadAsync(hash) is { } payload ? TicketBytes.Read(payload, key) : null;
        return ticket?.Properties.ExpiresUtc <= time.GetUtcNow() ? null : ticket;
    }

    public async Task RemoveAsync(string key)
    {
        var hash = SessionKey.HashOf(key);
        recent.End(hash);
        await sessions.RemoveAsync(hash);
        // Once more, for whoever has read it in between.
        recent.End(hash);
    }

    public async Task RemoveAllAsync(UserId userId, CancellationToken cancellationToken)
    {
        recent.EndAll(userId);
        await sessions.RemoveAllAsync(userId);
        recent.EndAll(userId);
    }

    public Task EnsureReachableAsync(CancellationToken cancellationToken) => sessions.PingAsync();

    private Task WriteAsync(string key, AuthenticationTicket ticket, bool mustExist)
    {
        var expiresAt = ticket.Properties.ExpiresUtc ?? time.GetUtcNow() + options.Value.Lifetime;
        return sessions.WriteAsync(SessionKey.HashOf(key), ticket.Principal.UserId(), TicketBytes.Of(ticket), expiresAt, mustExist);
    }

    private async Task<byte[]?> ReadAsync(string hash)
    {
        var ends = recent.Ends;
        try
        {
            if (await sessions.ReadAsync(hash) is not { } read)
            {
                recent.End(hash);
                return null;
            }

            recent.Remember(hash, read.UserId, read.Payload, ends);
            return read.Payload;
        }
        catch (JubileeException exception) when (exception.Code == ErrorCode.Unavailable && recent.Find(hash) is not null)
        {
            return recent.Find(hash);
        }
    }
}
