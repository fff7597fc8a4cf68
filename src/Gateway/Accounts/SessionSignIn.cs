using System.Security.Claims;
using JubileeVerse.Accounts;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace JubileeVerse.Gateway.Accounts;

/// <summary>Begins and ends sessions. A sign-in always begins a new one; what the browser held before ends.</summary>
internal sealed class SessionSignIn(ISessionStore sessions, TimeProvider time, IOptions<SessionsOptions> options)
{
    /// <summary>Throws when sessions cannot be kept just now: asked before an account is made whose owner could not be let in.</summary>
    public Task EnsurePossibleAsync(CancellationToken cancellationToken) => sessions.EnsureReachableAsync(cancellationToken);

    public async Task BeginAsync(HttpContext context, UserId userId, bool remember = false)
    {
        await EndStoredAsync(context.User);
        var properties = new AuthenticationProperties { IsPersistent = remember };
        if (remember)
            properties.ExpiresUtc = time.GetUtcNow() + options.Value.RememberedLifetime;
        await context.SignInAsync(SessionSchemes.NewSession, CallerClaims.Principal(userId), properties);
    }

    public async Task EndAsync(HttpContext context)
    {
        await EndStoredAsync(context.User);
        await context.SignOutAsync(SessionSchemes.NewSession);
    }

    public async Task EndAllAsync(HttpContext context)
    {
        await sessions.RemoveAllAsync(context.User.UserId(), context.RequestAborted);
        await context.SignOutAsync(SessionSchemes.NewSession);
    }

    private Task EndStoredAsync(ClaimsPrincipal caller) =>
        caller.FindFirstValue(CallerClaims.SessionKey) is { } key ? sessions.RemoveAsync(key) : Task.CompletedTask;
}
