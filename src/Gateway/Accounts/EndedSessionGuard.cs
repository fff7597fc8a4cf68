using System.Security.Claims;

namespace JubileeVerse.Gateway.Accounts;

/// <summary>
/// Makes nobody of a caller whose bearer token outlived its session: logging out ends tokens, too. (A cookie's session
/// was read to know the caller, so there is nothing to check.)
/// </summary>
internal sealed class EndedSessionGuard(RequestDelegate next, ISessionStore sessions)
{
    public async Task InvokeAsync(HttpContext context)
    {
        if (SessionSelector.IsBearer(context.Request)
            && context.User.Identity is { IsAuthenticated: true }
            && !await IsAliveAsync(context))
        {
            context.User = new ClaimsPrincipal(new ClaimsIdentity());
        }

        await next(context);
    }

    private async Task<bool> IsAliveAsync(HttpContext context)
    {
        try
        {
            return context.User.FindFirstValue(CallerClaims.SessionKey) is { } key
                && await sessions.FindAsync(key, context.RequestAborted) is not null;
        }
        catch (Exception exception) when (UnknownCaller.MayGoOn(context, exception))
        {
            return false;
        }
    }
}
