using System.Security.Claims;
using JubileeVerse.Gateway.Sessions.Stores;

namespace JubileeVerse.Gateway.Sessions;

/// <summary>
/// Treats a caller whose bearer token outlived its session as anonymous, so that signing out also revokes tokens. (Cookies need no check,
/// because cookie authentication has already read the session.)
/// </summary>
internal sealed class EndedSessionMiddleware(RequestDelegate next, ISessionStore sessions)
{
    public async Task InvokeAsync(HttpContext context)
    {
        if (SessionSchemeSelector.IsBearer(context.Request)
            && context.User.Identity is { IsAuthenticated: true }
            && !await HasSessionAsync(context))
        {
            context.User = new ClaimsPrincipal(new ClaimsIdentity());
        }

        await next(context);
    }

    private async Task<bool> HasSessionAsync(HttpContext context)
    {
        try
        {
            return context.User.FindFirstValue(CallerClaims.SessionKey) is { } key
                && await sessions.FindAsync(key, context.RequestAborted) is not null;
        }
        catch (Exception exception) when (UnverifiedCaller.MayContinueAsAnonymous(context, exception))
        {
            return false;
        }
    }
}
