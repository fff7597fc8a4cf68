using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using JubileeVerse.Accounts;
using JubileeVerse.Errors;

namespace JubileeVerse.Gateway.Sessions;

/// <summary>
/// The claims of a principal: the user and the session. The role is not a claim but read where it matters, so that a change takes effect at
/// once.
/// </summary>
internal static class CallerClaims
{
    public const string SessionKey = "jv.key";

    private const int SubjectBytes = 16;

    public static ClaimsPrincipal Principal(UserId userId, string? sessionKey = null)
    {
        var identity = new ClaimsIdentity([new Claim(ClaimTypes.NameIdentifier, userId.ToString())], SessionSchemes.Default);
        if (sessionKey is not null)
            identity.AddClaim(new Claim(SessionKey, sessionKey));
        return new ClaimsPrincipal(identity);
    }

    public static UserId UserId(this ClaimsPrincipal principal) =>
        principal.TryUserId() ?? throw new JubileeException(ErrorCode.Unauthenticated, "Sign in first.");

    public static UserId? TryUserId(this ClaimsPrincipal principal) =>
        JubileeVerse.Accounts.UserId.TryParse(principal.FindFirstValue(ClaimTypes.NameIdentifier), null, out var id) ? id : null;

    /// <summary>A public name of the session, from which its key cannot be derived.</summary>
    public static string? SessionSubject(this ClaimsPrincipal principal) => principal.FindFirstValue(SessionKey) is { } key
        ? Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(key)).AsSpan(0, SubjectBytes))
        : null;
}
