using JubileeVerse.Gateway.Errors;
using Microsoft.Extensions.Options;

namespace JubileeVerse.Gateway.Http;

/// <summary>
/// Refuses a state-changing request that another origin's page made a browser send: it would carry the person's cookie. So would the opening of a
/// socket, which is a GET, is held by no other rule of the browser, and can then be read and written by that page.
/// Browsers say so themselves (<c>Sec-Fetch-Site</c>, in older ones <c>Origin</c>); other clients say neither, and have no cookie to be stolen.
/// </summary>
internal sealed class CrossOriginGuard(RequestDelegate next, IOptions<HttpOptions> options)
{
    private const string SiteHeader = "Sec-Fetch-Site";

    public Task InvokeAsync(HttpContext context) =>
        IsAllowed(context.Request) ? next(context) : new ProblemResult(new Problem(ErrorCode.CrossOrigin)).ExecuteAsync(context);

    private bool IsAllowed(HttpRequest request)
    {
        var isRead = HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method) || HttpMethods.IsOptions(request.Method);
        if (isRead && request.Headers.Upgrade.Count == 0)
            return true;

        // A bearer token is never sent by a browser on its own.
        if (request.Headers.Authorization.Count > 0)
            return true;

        var origin = request.Headers.Origin.ToString();
        if (origin.Length > 0 && options.Value.AllowedOrigins.Contains(origin, StringComparer.OrdinalIgnoreCase))
            return true;

        var site = request.Headers[SiteHeader].ToString();
        if (site.Length > 0)
            return site is "same-origin" or "none";

        // The scheme is left out: a proxy that ends TLS changes it, and a page on our host is ours either way.
        return origin.Length == 0
            || (Uri.TryCreate(origin, UriKind.Absolute, out var uri)
                && string.Equals(uri.Authority, request.Host.Value, StringComparison.OrdinalIgnoreCase));
    }
}
