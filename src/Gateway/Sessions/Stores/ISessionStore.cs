using JubileeVerse.Accounts;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;

namespace JubileeVerse.Gateway.Sessions.Stores;

/// <summary>The session store that all gateways share, so that removing a session ends it everywhere at once.</summary>
internal interface ISessionStore : ITicketStore
{
    /// <summary>Null if the session has ended.</summary>
    Task<AuthenticationTicket?> FindAsync(string key, CancellationToken cancellationToken);

    /// <summary>Throws <c>Unavailable</c> if the store cannot be reached.</summary>
    Task EnsureReachableAsync(CancellationToken cancellationToken);

    Task RemoveAllAsync(UserId userId, CancellationToken cancellationToken);
}
