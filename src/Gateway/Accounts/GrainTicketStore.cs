using JubileeVerse.Accounts;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace JubileeVerse.Gateway.Accounts;

/// <summary>Keeps sessions behind <see cref="ISessionDirectory"/>, where there is no Redis.</summary>
internal sealed class GrainTicketStore(IGrainFactory grains, TimeProvider time, IOptions<SessionsOptions> options) : ISessionStore
{
    private ISessionDirectory Directory => grains.GetGrain<ISessionDirectory>(0);

    public async Task<string> StoreAsync(AuthenticationTicket ticket)
    {
        var key = SessionKey.New();
        await RenewAsync(key, ticket);
        return key;
    }

    public Task RenewAsync(string key, AuthenticationTicket ticket)
    {
        var expiresAt = ticket.Properties.ExpiresUtc ?? time.GetUtcNow() + options.Value.Lifetime;
        return Directory.SetAsync(key, new SessionTicket(ticket.Principal.UserId(), TicketBytes.Of(ticket), expiresAt), CancellationToken.None);
    }

    public Task<AuthenticationTicket?> RetrieveAsync(string key) => FindAsync(key, CancellationToken.None);

    public async Task<AuthenticationTicket?> FindAsync(string key, CancellationToken cancellationToken) =>
        await Directory.GetAsync(key, cancellationToken) is { } stored ? TicketBytes.Read(stored.Payload, key) : null;

    /// <summary>It is the store of the accounts, too: who cannot be stored is not made.</summary>
    public Task EnsureReachableAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task RemoveAsync(string key) => Directory.RemoveAsync(key, CancellationToken.None);

    public Task RemoveAllAsync(UserId userId, CancellationToken cancellationToken) => Directory.RemoveAllAsync(userId, cancellationToken);
}
