using JubileeVerse.Errors;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;

namespace JubileeVerse.Gateway.Accounts;

/// <summary>
/// The sessions as the cookie handler uses them. It prolongs one that is past half of its life, while the answer to some request is on its
/// way: a store that is away then must not spoil the answer, as the next request tries again.
/// </summary>
internal sealed partial class CookieSessions(ISessionStore sessions, ILogger<CookieSessions> logger) : ITicketStore
{
    public Task<string> StoreAsync(AuthenticationTicket ticket) => sessions.StoreAsync(ticket);

    public Task<AuthenticationTicket?> RetrieveAsync(string key) => sessions.RetrieveAsync(key);

    /// <summary>Null also for one that cannot be had, where that does not matter.</summary>
    public async Task<AuthenticationTicket?> RetrieveAsync(string key, HttpContext httpContext, CancellationToken cancellationToken)
    {
        try
        {
            return await sessions.FindAsync(key, cancellationToken);
        }
        catch (Exception exception) when (UnknownCaller.MayGoOn(httpContext, exception))
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
            LogNotProlonged(exception.Message);
        }
    }

    // Harmless, and said once for each request of an outage.
    [LoggerMessage(Level = LogLevel.Debug, Message = "A session could not be prolonged: {Reason}")]
    private partial void LogNotProlonged(string reason);
}
