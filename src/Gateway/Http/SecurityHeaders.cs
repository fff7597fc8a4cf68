using JubileeVerse.Gateway.Operations;

namespace JubileeVerse.Gateway.Http;

/// <summary>Adds security headers, such as the content security policy, to every response.</summary>
internal static class SecurityHeaders
{
    private const string PagePolicy =
        "default-src 'self'; img-src 'self' data:; base-uri 'self'; frame-ancestors 'none'; form-action 'self'";

    // The API reference page needs an inline script and inline styles.
    private const string DocsPolicy = PagePolicy
        + "; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; font-src 'self' data:";

    // The Orleans Dashboard needs inline styles, and its icons are a font embedded in its style sheet.
    private const string DashboardPolicy = PagePolicy + "; style-src 'self' 'unsafe-inline'; font-src 'self' data:";

    public static Task AddAsync(HttpContext context, RequestDelegate next)
    {
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = PolicyOf(context.Request.Path);
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "same-origin";
        return next(context);
    }

    private static string PolicyOf(PathString path)
    {
        if (path.StartsWithSegments(ApiDocument.PagePath))
            return DocsPolicy;
        return path.StartsWithSegments(Dashboard.PagePath) ? DashboardPolicy : PagePolicy;
    }
}
