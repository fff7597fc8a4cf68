using JubileeVerse.Errors;
using JubileeVerse.Gateway.Sessions.Stores;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;

namespace JubileeVerse.Gateway.Sessions.Cookie;

/// <summary>
/// Adapts the session store to the cookie handler. The handler renews a session that is past half of its lifetime while a response is
/// being sent. An unavailable store must not fail that response, because the next request renews the session anyway.
/// </summary>
internal sealed partial class CookieSessions(ISessionStore sessions, ILogger<CookieSessions> logger) : ITicketStore
{
    public Task<string> StoreAsync(AuthenticationTicket ticket) => sessions.StoreAsync(ticket);

    public Task<AuthenticationTicket?> RetrieveAsync(string key) => sessions.RetrieveAsync(key);

    /// <summary>Also null if the store is unavailable and the request may continue as anonymous.</summary>
    public async Task<AuthenticationTicket?> RetrieveAsync(string key, HttpContext httpContext, CancellationToken cancellationToken)
    {
        try
        {
            return await sessions.FindAsync(key, cancellationToken);
        }
        catch (Exception exception) when (UnverifiedCaller.MayContinueAsAnonymous(httpContext, exception))
        {
            return null;
        }
    }

    public Task RemoveAsync(string key) => sessions.RemoveAsync(key);

    public async Task RenewAsync(string key, AuthenticationTicket ticket)
    {
        try
        {
            await sessions.RenewAsync(key, ticket);
        }
        catch (JubileeException exception) when (exception.Code == ErrorCode.Unavailable)
        {
            LogNotRenewed(exception.Message);
        }
    }

    // At level Debug, because it is harmless and logged for each request during an outage.
    [LoggerMessage(Level = LogLevel.Debug, Message = "A session could not be renewed and keeps its expiry: {Reason}")]
    private partial void LogNotRenewed(string reason);
}
