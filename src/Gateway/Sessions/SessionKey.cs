using System.Security.Cryptography;
using Microsoft.AspNetCore.WebUtilities;

namespace JubileeVerse.Gateway.Sessions;

/// <summary>The secret key of a session, which only the user's client knows.</summary>
internal static class SessionKey
{
    private const int Bytes = 32;

    public static string New() => WebEncoders.Base64UrlEncode(RandomNumberGenerator.GetBytes(Bytes));
}
