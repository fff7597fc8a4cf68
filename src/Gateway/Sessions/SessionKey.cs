using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.WebUtilities;

namespace JubileeVerse.Gateway.Sessions;

/// <summary>The secret key of a session, which only the user's client knows.</summary>
internal static class SessionKey
{
    private const int Bytes = 32;

    public static string New() => WebEncoders.Base64UrlEncode(RandomNumberGenerator.GetBytes(Bytes));

    /// <summary>The store keeps only this hash, so that a leaked store cannot be used to take over sessions.</summary>
    public static string HashOf(string key) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)));
}
