using System.Security.Claims;
using JubileeVerse.Gateway.Sessions;
using JubileeVerse.Gateway.Sessions.Stores;
using JubileeVerse.Rules;
using Microsoft.AspNetCore.Authentication;

namespace JubileeVerse.Gateway.Realtime.Connections;

/// <summary>
/// Closes a connection when its authentication expires. A token expires at its end, unless the client has sent a newer one. A cookie
/// session may have been prolonged by other requests meanwhile, so the session store is read before the connection is closed.
/// </summary>
/// <param name="sessionKey">The key of the cookie session; null for a token.</param>
/// <param name="expiresAt">When the token or the session expires; null for never.</param>
internal sealed class TokenExpiry(
    LiveConnection connection, ISessionStore sessions, TimeProvider time, string? sessionKey, DateTimeOffset? expiresAt)
{
    /// <summary>The delay before the store is read again after it was unavailable.</summary>
    public static readonly TimeSpan RetryPeriod = TimeSpan.FromSeconds(10);

    private Expiry _expiry = new(sessionKey, expiresAt ?? DateTimeOffset.MaxValue);
    private int _isReading;

    /// <summary>Creates the expiry from the authentication of the request that opened the connection.</summary>
    public static TokenExpiry Create(HttpContext http, LiveConnection connection, ISessionStore sessions, TimeProvider time)
    {
        var properties = http.Features.Get<IAuthenticateResultFeature>()?.AuthenticateResult?.Properties;
        var sessionKey = SessionSchemeSelector.IsBearer(http.Request) ? null : http.User.FindFirstValue(CallerClaims.SessionKey);
        return new TokenExpiry(connection, sessions, time, sessionKey, properties?.ExpiresUtc);
    }

    /// <summary>Replaces the expiry with that of a token that the client has sent.</summary>
    public void Renew(DateTimeOffset tokenExpiresAt) => Volatile.Write(ref _expiry, new Expiry(null, tokenExpiresAt));

    /// <summary>Called about once a second.</summary>
    public void Check()
    {
        var expiry = Volatile.Read(ref _expiry);
        if (time.GetUtcNow() < expiry.EndsAt)
            return;
        if (expiry.SessionKey is not { } key)
            connection.Close(CloseCodes.TokenExpired);
        else if (Interlocked.Exchange(ref _isReading, 1) == 0)
            _ = ReadSessionAsync(expiry, key);
    }

    private async Task ReadSessionAsync(Expiry expiry, string key)
    {
        var next = await FindEndAsync(key);
        if (next is { } endsAt)
            Interlocked.CompareExchange(ref _expiry, expiry with { EndsAt = endsAt }, expiry);
        else if (ReferenceEquals(Volatile.Read(ref _expiry), expiry))
            connection.Close(CloseCodes.TokenExpired);
        Volatile.Write(ref _isReading, 0);
    }

    /// <summary>Returns null when the session has ended. An unavailable store does not end a connection; it is read again later.</summary>
    private async Task<DateTimeOffset?> FindEndAsync(string key)
    {
        try
        {
            var session = await sessions.FindAsync(key, connection.Ended);
            var now = time.GetUtcNow();
            return session is { Properties.ExpiresUtc: var endsAt } && !(endsAt <= now) ? endsAt ?? DateTimeOffset.MaxValue : null;
        }
        catch (Exception)
        {
            // The store is unavailable, which other requests log at a higher level, or the connection has ended meanwhile.
            return time.GetUtcNow() + RetryPeriod;
        }
    }

    private sealed record Expiry(string? SessionKey, DateTimeOffset EndsAt);
}
