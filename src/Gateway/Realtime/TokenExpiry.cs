using System.Security.Claims;
using JubileeVerse.Gateway.Accounts;
using Microsoft.AspNetCore.Authentication;

namespace JubileeVerse.Gateway.Realtime;

/// <summary>
/// Until when it is certain who is behind a link. A token's time is up at its end, unless its client has shown a newer one. A session of a cookie
/// may have been prolonged by other requests meanwhile, so its store is asked.
/// </summary>
/// <param name="connection">Is closed when the time is up.</param>
/// <param name="sessions">Knows the sessions.</param>
/// <param name="time">The clock.</param>
/// <param name="sessionKey">Of the cookie; null for a token.</param>
/// <param name="expiresAt">When the token or the session ends; null for never.</param>
internal sealed class TokenExpiry(
    LiveConnection connection, ISessionStore sessions, TimeProvider time, string? sessionKey, DateTimeOffset? expiresAt)
{
    /// <summary>The pause after a store that was away.</summary>
    public static readonly TimeSpan RetryPeriod = TimeSpan.FromSeconds(10);

    private Term _term = new(sessionKey, expiresAt ?? DateTimeOffset.MaxValue);
    private int _isAsking;

    /// <summary>Of whoever has sent the request that became a link.</summary>
    public static TokenExpiry Of(HttpContext http, LiveConnection connection, ISessionStore sessions, TimeProvider time)
    {
        var shown = http.Features.Get<IAuthenticateResultFeature>()?.AuthenticateResult?.Properties;
        var sessionKey = SessionSelector.IsBearer(http.Request) ? null : http.User.FindFirstValue(CallerClaims.SessionKey);
        return new TokenExpiry(connection, sessions, time, sessionKey, shown?.ExpiresUtc);
    }

    /// <summary>A token has been shown; from now on it is what counts.</summary>
    public void Renew(DateTimeOffset tokenExpiresAt) => Volatile.Write(ref _term, new Term(null, tokenExpiresAt));

    /// <summary>Called about once a second.</summary>
    public void Check()
    {
        var term = Volatile.Read(ref _term);
        if (time.GetUtcNow() < term.EndsAt)
            return;
        if (term.SessionKey is not { } key)
            connection.Close(CloseCodes.TokenExpired);
        else if (Interlocked.Exchange(ref _isAsking, 1) == 0)
            _ = AskAsync(term, key);
    }

    private async Task AskAsync(Term term, string key)
    {
        var next = await FindEndAsync(key);
        if (next is { } endsAt)
            Interlocked.CompareExchange(ref _term, term with { EndsAt = endsAt }, term);
        else if (ReferenceEquals(Volatile.Read(ref _term), term))
            connection.Close(CloseCodes.TokenExpired);
        Volatile.Write(ref _isAsking, 0);
    }

    /// <summary>Null when it has ended. Whoever cannot be asked ends nobody's link: they are asked again.</summary>
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
            // The store's own requests tell of it louder; or the link has ended meanwhile.
            return time.GetUtcNow() + RetryPeriod;
        }
    }

    private sealed record Term(string? SessionKey, DateTimeOffset EndsAt);
}
