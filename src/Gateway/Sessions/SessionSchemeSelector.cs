using Microsoft.AspNetCore.Authentication.BearerToken;

namespace JubileeVerse.Gateway.Sessions;

/// <summary>Selects the authentication scheme of a request: bearer token or cookie.</summary>
internal static class SessionSchemeSelector
{
    public const string BearerPrefix = "Bearer ";

    public static bool IsBearer(HttpRequest request) =>
        request.Headers.Authorization.ToString().StartsWith(BearerPrefix, StringComparison.OrdinalIgnoreCase);

    public static string SchemeOf(HttpContext context) =>
        IsBearer(context.Request) ? BearerTokenDefaults.AuthenticationScheme : SessionSchemes.Cookie;
}
