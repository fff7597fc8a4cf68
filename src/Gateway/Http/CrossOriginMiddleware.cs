using JubileeVerse.Gateway.Errors;
using Microsoft.Extensions.Options;

namespace JubileeVerse.Gateway.Http;

/// <summary>
/// Rejects a state-changing request that a page of another origin made a browser send, because it carries the user's session cookie. The
/// same holds for opening a WebSocket: it is a GET that no other browser rule restricts, and the page can then read and write the socket.
/// Browsers report the origin themselves (<c>Sec-Fetch-Site</c>, or <c>Origin</c> in older ones); other clients send neither header and
/// have no cookie that could be abused.
/// </summary>
internal sealed class CrossOriginMiddleware(RequestDelegate next, IOptions<HttpOptions> options)
{
    private const string SiteHeader = "Sec-Fetch-Site";

    public Task InvokeAsync(HttpContext context) =>
        IsAllowed(context.Request) ? next(context) : new ProblemResult(new Problem(ErrorCode.CrossOrigin)).ExecuteAsync(context);

    private bool IsAllowed(HttpRequest request)
    {
        var isRead = HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method) || HttpMethods.IsOptions(request.Method);
        if (isRead && request.Headers.Upgrade.Count == 0)
            return true;

        // A browser never adds a bearer token by itself.
        if (request.Headers.Authorization.Count > 0)
            return true;

        var origin = request.Headers.Origin.ToString();
        if (origin.Length > 0 && options.Value.AllowedOrigins.Contains(origin, StringComparer.OrdinalIgnoreCase))
            return true;

        var site = request.Headers[SiteHeader].ToString();
        if (site.Length > 0)
            return site is "same-origin" or "none";

        // The scheme is not compared, because a proxy that terminates TLS changes it and a page on the same host is trusted either way.
        return origin.Length == 0
            || (Uri.TryCreate(origin, UriKind.Absolute, out var uri)
                && string.Equals(uri.Authority, request.Host.Value, StringComparison.OrdinalIgnoreCase));
    }
}
