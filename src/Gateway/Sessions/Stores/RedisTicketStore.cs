using JubileeVerse.Accounts;
using JubileeVerse.Errors;
using JubileeVerse.Rules;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace JubileeVerse.Gateway.Sessions.Stores;

/// <summary>
/// Stores sessions in Redis, which all gateways of the cluster share, so that a removed session has ended at all of them.
/// </summary>
/// <remarks>
/// While Redis is unavailable, a recently used session is served from a local copy. Any other session cannot be verified, and reporting it
/// as ended would sign its user out, so those reads throw <c>Unavailable</c>. All writes throw it, too.
/// </remarks>
internal sealed class RedisTicketStore(
    RedisSessions sessions, RecentSessions recent, TimeProvider time, IOptions<SessionsOptions> options) : ISessionStore
{
    public async Task<string> StoreAsync(AuthenticationTicket ticket)
    {
        var key = SessionKey.New();
        await WriteAsync(key, ticket, mustExist: false);
        return key;
    }

    /// <summary>Does nothing if the session has ended in the meantime.</summary>
    public Task RenewAsync(string key, AuthenticationTicket ticket) => WriteAsync(key, ticket, mustExist: true);

    public Task<AuthenticationTicket?> RetrieveAsync(string key) => FindAsync(key, CancellationToken.None);

    public async Task<AuthenticationTicket?> FindAsync(string key, CancellationToken cancellationToken)
    {
        var hash = SessionKeyHash.Create(key);
        var ticket = await ReadAsync(hash) is { } payload ? TicketBytes.Deserialize(payload, key) : null;
        return ticket?.Properties.ExpiresUtc <= time.GetUtcNow() ? null : ticket;
    }

    public async Task RemoveAsync(string key)
    {
        var hash = SessionKeyHash.Create(key);
        recent.Remove(hash);
        await sessions.RemoveAsync(hash);
        // Repeated, because a concurrent read may have cached the session again before it was removed from Redis.
        recent.Remove(hash);
    }

    public async Task RemoveAllAsync(UserId userId, CancellationToken cancellationToken)
    {
        recent.RemoveAll(userId);
        await sessions.RemoveAllAsync(userId);
        recent.RemoveAll(userId);
    }

    public Task EnsureReachableAsync(CancellationToken cancellationToken) => sessions.PingAsync();

    private Task WriteAsync(string key, AuthenticationTicket ticket, bool mustExist)
    {
        var expiresAt = ticket.Properties.ExpiresUtc ?? time.GetUtcNow() + options.Value.Lifetime;
        return sessions.WriteAsync(
            SessionKeyHash.Create(key), ticket.Principal.UserId(), TicketBytes.Serialize(ticket), expiresAt, mustExist);
    }

    private async Task<byte[]?> ReadAsync(string hash)
    {
        var removalCount = recent.RemovalCount;
        try
        {
            if (await sessions.ReadAsync(hash) is not { } read)
            {
                recent.Remove(hash);
                return null;
            }

            recent.Remember(hash, read.UserId, read.Payload, removalCount);
            return read.Payload;
        }
        catch (JubileeException exception) when (exception.Code == ErrorCode.Unavailable && recent.Find(hash) is not null)
        {
            return recent.Find(hash);
        }
    }
}
