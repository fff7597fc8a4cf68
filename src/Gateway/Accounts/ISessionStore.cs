using JubileeVerse.Accounts;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;

namespace JubileeVerse.Gateway.Accounts;

/// <summary>Sessions as they are kept, one for every gateway: ending one ends it everywhere at once.</summary>
internal interface ISessionStore : ITicketStore
{
    /// <summary>Null when it has ended.</summary>
    Task<AuthenticationTicket?> FindAsync(string key, CancellationToken cancellationToken);

    /// <summary>Throws <c>Unavailable</c> when nothing can be stored just now.</summary>
    Task EnsureReachableAsync(CancellationToken cancellationToken);

    Task RemoveAllAsync(UserId userId, CancellationToken cancellationToken);
}
