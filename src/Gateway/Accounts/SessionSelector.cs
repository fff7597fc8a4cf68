using Microsoft.AspNetCore.Authentication.BearerToken;

namespace JubileeVerse.Gateway.Accounts;

/// <summary>Which way a request says who it is from.</summary>
internal static class SessionSelector
{
    public const string BearerPrefix = "Bearer ";

    public static bool IsBearer(HttpRequest request) =>
        request.Headers.Authorization.ToString().StartsWith(BearerPrefix, StringComparison.OrdinalIgnoreCase);

    public static string SchemeOf(HttpContext context) =>
        IsBearer(context.Request) ? BearerTokenDefaults.AuthenticationScheme : SessionSchemes.Cookie;
}
