using System.Security.Claims;
using System.Security.Cryptography;
using JubileeVerse.Accounts;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Options;

namespace JubileeVerse.Gateway.Accounts;

/// <summary>Keeps sessions behind <see cref="ISessionDirectory"/>. The key is known to the person's browser and to nobody else.</summary>
internal sealed class GrainTicketStore(IGrainFactory grains, TimeProvider time, IOptions<SessionsOptions> options) : ISessionStore
{
    private const int KeyBytes = 32;

    private ISessionDirectory Directory => grains.GetGrain<ISessionDirectory>(0);

    public async Task<string> StoreAsync(AuthenticationTicket ticket)
    {
        var key = WebEncoders.Base64UrlEncode(RandomNumberGenerator.GetBytes(KeyBytes));
        await RenewAsync(key, ticket);
        return key;
    }

    public Task RenewAsync(string key, AuthenticationTicket ticket)
    {
        var expiresAt = ticket.Properties.ExpiresUtc ?? time.GetUtcNow() + options.Value.Lifetime;
        var stored = new SessionTicket(ticket.Principal.UserId(), TicketSerializer.Default.Serialize(WithoutKey(ticket)), expiresAt);
        return Directory.SetAsync(key, stored, CancellationToken.None);
    }

    public Task<AuthenticationTicket?> RetrieveAsync(string key) => FindAsync(key, CancellationToken.None);

    public async Task<AuthenticationTicket?> FindAsync(string key, CancellationToken cancellationToken)
    {
        var stored = await Directory.GetAsync(key, cancellationToken);
        var ticket = stored is null ? null : TicketSerializer.Default.Deserialize(stored.Payload);
        (ticket?.Principal.Identity as ClaimsIdentity)?.AddClaim(new Claim(CallerClaims.SessionKey, key));
        return ticket;
    }

    public Task RemoveAsync(string key) => Directory.RemoveAsync(key, CancellationToken.None);

    public Task RemoveAllAsync(UserId userId, CancellationToken cancellationToken) => Directory.RemoveAllAsync(userId, cancellationToken);

    /// <summary>The key is a secret of which the store keeps a hash only, so it must not stand in the payload.</summary>
    private static AuthenticationTicket WithoutKey(AuthenticationTicket ticket)
    {
        var principal = ticket.Principal.Clone();
        foreach (var identity in principal.Identities)
        {
            foreach (var claim in identity.FindAll(CallerClaims.SessionKey).ToArray())
                identity.RemoveClaim(claim);
        }

        return new AuthenticationTicket(principal, ticket.Properties, ticket.AuthenticationScheme);
    }
}
