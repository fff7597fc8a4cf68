using System.Security.Claims;
using JubileeVerse.Accounts;
using JubileeVerse.Gateway.Sessions.Stores;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.BearerToken;
using Microsoft.Extensions.Options;

namespace JubileeVerse.Gateway.Sessions.Bearer;

/// <summary>
/// Bearer tokens. A self-contained token cannot be revoked, so each token names a stored session and is valid only while that session
/// exists.
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

    /// <summary>Null if the token is forged or expired, or its session has ended.</summary>
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

    /// <summary>Null if the access token is forged or expired, or its session has ended.</summary>
    public async Task<AuthenticationTicket?> ReadAsync(string accessToken, CancellationToken cancellationToken)
    {
        var token = bearer.Get(BearerTokenDefaults.AuthenticationScheme).BearerTokenProtector.Unprotect(accessToken);
        if (token?.Properties.ExpiresUtc is not { } expiresAt || expiresAt <= time.GetUtcNow())
            return null;
        return token.Principal.FindFirstValue(CallerClaims.SessionKey) is { } key
            && await sessions.FindAsync(key, cancellationToken) is not null
                ? token
                : null;
    }

    private AuthenticationTicket Ticket(UserId userId) => new(
        CallerClaims.Principal(userId),
        new AuthenticationProperties { ExpiresUtc = time.GetUtcNow() + options.Value.RefreshTokenLifetime },
        BearerTokenDefaults.AuthenticationScheme);
}
