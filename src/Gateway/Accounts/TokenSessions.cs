using System.Security.Claims;
using JubileeVerse.Accounts;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.BearerToken;
using Microsoft.Extensions.Options;

namespace JubileeVerse.Gateway.Accounts;

/// <summary>
/// Bearer tokens. They are self-contained and could not be revoked, so each names a stored session, and is worth nothing without it.
/// </summary>
internal sealed class TokenSessions(
    ISessionStore sessions,
    IOptionsMonitor<BearerTokenOptions> bearer,
    TimeProvider time,
    IOptions<SessionsOptions> options)
{
    public async Task<ClaimsPrincipal> BeginAsync(UserId userId)
    {
        var key = await sessions.StoreAsync(Ticket(userId));
        return CallerClaims.Principal(userId, key);
    }

    /// <summary>Null when the token is not ours, is too old, or its session has ended.</summary>
    public async Task<ClaimsPrincipal?> RefreshAsync(string refreshToken, CancellationToken cancellationToken)
    {
        var token = bearer.Get(BearerTokenDefaults.AuthenticationScheme).RefreshTokenProtector.Unprotect(refreshToken);
        if (token?.Properties.ExpiresUtc is not { } expiresAt || expiresAt <= time.GetUtcNow())
            return null;
        if (token.Principal.FindFirstValue(CallerClaims.SessionKey) is not { } key
            || await sessions.FindAsync(key, cancellationToken) is not { } session)
            return null;

        var userId = session.Principal.UserId();
        await sessions.RenewAsync(key, Ticket(userId), CancellationToken.None);
        return CallerClaims.Principal(userId, key);
    }

    /// <summary>Null when the access token is not ours, is too old, or its session has ended.</summary>
    public async Task<AuthenticationTicket?> ReadAsync(string accessToken, CancellationToken cancellationToken)
    {
        var token = bearer.Get(BearerTokenDefaults.AuthenticationScheme).BearerTokenProtector.Unprotect(accessToken);
        if (token?.Properties.ExpiresUtc is not { } expiresAt || expiresAt <= time.GetUtcNow())
            return null;
        return token.Principal.FindFirstValue(CallerClaims.SessionKey) is { } key && await sessions.FindAsync(key, cancellationToken) is not null
            ? token
            : null;
    }

    private AuthenticationTicket Ticket(UserId userId) => new(
        CallerClaims.Principal(userId),
        new AuthenticationProperties { ExpiresUtc = time.GetUtcNow() + options.Value.RefreshTokenLifetime },
        BearerTokenDefaults.AuthenticationScheme);
}
