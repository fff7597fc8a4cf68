using System.Security.Claims;
using JubileeVerse.Accounts;
using JubileeVerse.Gateway.Realtime.Presence;
using JubileeVerse.Gateway.Sessions.Stores;
using JubileeVerse.Rules;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace JubileeVerse.Gateway.Sessions;

/// <summary>
/// Creates and ends sessions, and closes the connections of those that end. A sign-in always creates a new session and ends the client's
/// previous one.
/// </summary>
internal sealed class SessionSignIn(
    ISessionStore sessions, UserConnectionCloser closer, TimeProvider time, IOptions<SessionsOptions> options)
{
    /// <summary>
    /// Throws if sessions cannot be stored. It is called before an account is created, because otherwise its owner could not be signed in.
    /// </summary>
    public Task EnsureAvailableAsync(CancellationToken cancellationToken) => sessions.EnsureReachableAsync(cancellationToken);

    public async Task BeginAsync(HttpContext context, UserId userId, bool remember = false)
    {
        await EndStoredAsync(context.User, CloseCodes.SessionReplaced);
        var properties = new AuthenticationProperties { IsPersistent = remember };
        if (remember)
            properties.ExpiresUtc = time.GetUtcNow() + options.Value.RememberedLifetime;
        await context.SignInAsync(SessionSchemes.NewSession, CallerClaims.Principal(userId), properties);
    }

    public async Task EndAsync(HttpContext context)
    {
        await EndStoredAsync(context.User, CloseCodes.SessionEnded);
        await context.SignOutAsync(SessionSchemes.NewSession);
    }

    public async Task EndAllAsync(HttpContext context)
    {
        var userId = context.User.UserId();
        await sessions.RemoveAllAsync(userId, context.RequestAborted);
        await closer.CloseEndedAsync(userId, CloseCodes.SessionEnded, session: null);
        await context.SignOutAsync(SessionSchemes.NewSession);
    }

    /// <summary>Removes the session before closing its connections, so that a client that reconnects does not find it valid.</summary>
    private async Task EndStoredAsync(ClaimsPrincipal caller, int code)
    {
        if (caller.FindFirstValue(CallerClaims.SessionKey) is not { } key)
            return;

        await sessions.RemoveAsync(key);
        if (caller.TryUserId() is { } userId)
            await closer.CloseEndedAsync(userId, code, caller.SessionSubject());
    }
}
