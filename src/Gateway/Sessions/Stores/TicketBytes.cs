using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;

namespace JubileeVerse.Gateway.Sessions.Stores;

/// <summary>Serializes tickets without their session key, because the store keeps only its hash.</summary>
internal static class TicketBytes
{
    public static byte[] Serialize(AuthenticationTicket ticket)
    {
        var principal = ticket.Principal.Clone();
        foreach (var identity in principal.Identities)
        {
            foreach (var claim in identity.FindAll(CallerClaims.SessionKey).ToArray())
                identity.RemoveClaim(claim);
        }

        return TicketSerializer.Default.Serialize(new AuthenticationTicket(principal, ticket.Properties, ticket.AuthenticationScheme));
    }

    /// <summary>Null if the bytes have another format version.</summary>
    public static AuthenticationTicket? Deserialize(byte[] bytes, string key)
    {
        var ticket = TicketSerializer.Default.Deserialize(bytes);
        (ticket?.Principal.Identity as ClaimsIdentity)?.AddClaim(new Claim(CallerClaims.SessionKey, key));
        return ticket;
    }
}
