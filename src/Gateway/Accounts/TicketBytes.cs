using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;

namespace JubileeVerse.Gateway.Accounts;

/// <summary>A ticket as it is stored: without the session's key, of which a store keeps a hash only.</summary>
internal static class TicketBytes
{
    public static byte[] Of(AuthenticationTicket ticket)
    {
        var principal = ticket.Principal.Clone();
        foreach (var identity in principal.Identities)
        {
            foreach (var claim in identity.FindAll(CallerClaims.SessionKey).ToArray())
                identity.RemoveClaim(claim);
        }

        return TicketSerializer.Default.Serialize(new AuthenticationTicket(principal, ticket.Properties, ticket.AuthenticationScheme));
    }

    /// <summary>Null where the bytes are of another version of the format.</summary>
    public static AuthenticationTicket? Read(byte[] bytes, string key)
    {
        var ticket = TicketSerializer.Default.Deserialize(bytes);
        (ticket?.Principal.Identity as ClaimsIdentity)?.AddClaim(new Claim(CallerClaims.SessionKey, key));
        return ticket;
    }
}
