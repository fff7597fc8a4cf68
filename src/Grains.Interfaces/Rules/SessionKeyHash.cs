using System.Security.Cryptography;
using System.Text;

namespace JubileeVerse.Rules;

/// <summary>
/// What the stores keep of a session's key, so that a leaked store cannot be used to take over sessions. The key has 32 random bytes, so a
/// hash without salt and without key stretching cannot be reversed.
/// </summary>
public static class SessionKeyHash
{
    public static string Create(string key) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)));
}
