using System.Security.Claims;
using JubileeVerse.Accounts;
using JubileeVerse.Gateway.Realtime;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace JubileeVerse.Gateway.Accounts;

/// <summary>Begins and ends sessions, and with them the links that they hold. A sign-in always begins a new one; what the browser held before ends.</summary>
internal sealed class SessionSignIn(ISessionStore sessions, UserLinkCloser closer, TimeProvider time, IOptions<SessionsOptions> options)
{
    /// <summary>Throws when sessions cannot be kept just now: asked before an account is made whose owner could not be let in.</summary>
    public Task EnsurePossibleAsync(CancellationToken cancellationToken) => sessions.EnsureReachableAsync(cancellationToken);

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

    /// <summary>The session first: who is told that it is over must not find it alive.</summary>
    private async Task EndStoredAsync(ClaimsPrincipal caller, int code)
    {
        if (caller.FindFirstValue(CallerClaims.SessionKey) is not { } key)
            return;

        await sessions.RemoveAsync(key);
        if (caller.TryUserId() is { } userId)
            await closer.CloseEndedAsync(userId, code, caller.SessionSubject());
    }
}
