using JubileeVerse.Accounts;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace JubileeVerse.Gateway.Sessions.Stores;

/// <summary>Stores sessions through <see cref="ISessionDirectoryGrain"/>, for a gateway without Redis.</summary>
internal sealed class GrainTicketStore(IGrainFactory grains, TimeProvider time, IOptions<SessionsOptions> options) : ISessionStore
{
    private ISessionDirectoryGrain Directory => grains.GetGrain<ISessionDirectoryGrain>(0);

    public async Task<string> StoreAsync(AuthenticationTicket ticket)
    {
        var key = SessionKey.New();
        await RenewAsync(key, ticket);
        return key;
    }

    public Task RenewAsync(string key, AuthenticationTicket ticket)
    {
        var expiresAt = ticket.Properties.ExpiresUtc ?? time.GetUtcNow() + options.Value.Lifetime;
        var stored = new SessionTicket(ticket.Principal.UserId(), TicketBytes.Serialize(ticket), expiresAt);
        return Directory.SetAsync(key, stored, CancellationToken.None);
    }

    public Task<AuthenticationTicket?> RetrieveAsync(string key) => FindAsync(key, CancellationToken.None);

    public async Task<AuthenticationTicket?> FindAsync(string key, CancellationToken cancellationToken) =>
        await Directory.GetAsync(key, cancellationToken) is { } stored ? TicketBytes.Deserialize(stored.Payload, key) : null;

    /// <summary>Always succeeds: sessions and accounts share a store, so no account is created while it is unavailable.</summary>
    public Task EnsureReachableAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task RemoveAsync(string key) => Directory.RemoveAsync(key, CancellationToken.None);

    public Task RemoveAllAsync(UserId userId, CancellationToken cancellationToken) => Directory.RemoveAllAsync(userId, cancellationToken);
}
