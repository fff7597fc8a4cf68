using Microsoft.AspNetCore.Authentication.Cookies;

namespace JubileeVerse.Gateway.Sessions.Cookie;

/// <summary>Writes cookies but reads none; see <see cref="SessionSchemes.NewSession"/>.</summary>
internal sealed class WriteOnlyCookies : ICookieManager
{
    private readonly ChunkingCookieManager _inner = new();

    public string? GetRequestCookie(HttpContext context, string key) => null;

    public void AppendResponseCookie(HttpContext context, string key, string? value, CookieOptions options) =>
        _inner.AppendResponseCookie(context, key, value, options);

    public void DeleteCookie(HttpContext context, string key, CookieOptions options) => _inner.DeleteCookie(context, key, options);
}
