namespace JubileeVerse.Gateway.Http;

/// <summary>Headers that keep a page of ours from being misused.</summary>
internal static class SecurityHeaders
{
    private const string PagePolicy = "default-src 'self'; img-src 'self' data:; base-uri 'self'; frame-ancestors 'none'; form-action 'self'";

    // The reference page starts itself with an inline script and inline styles.
    private const string DocsPolicy = PagePolicy + "; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; font-src 'self' data:";

    public static Task AddAsync(HttpContext context, RequestDelegate next)
    {
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = context.Request.Path.StartsWithSegments(ApiDocument.PagePath) ? DocsPolicy : PagePolicy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "same-origin";
        return next(context);
    }
}
