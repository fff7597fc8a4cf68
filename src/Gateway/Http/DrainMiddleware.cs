using JubileeVerse.ServiceDefaults.Drain;

namespace JubileeVerse.Gateway.Http;

/// <summary>
/// While the gateway drains, sends <c>Connection: close</c>, so that clients open a new connection for their next request. Otherwise the
/// server could close the connection while a request is in flight, which the client sees as an error.
/// </summary>
internal sealed class DrainMiddleware(RequestDelegate next, DrainState drain)
{
    public Task InvokeAsync(HttpContext context)
    {
        // For HTTP/2 Kestrel itself sends GOAWAY. A WebSocket upgrade needs the Connection header, and its client is notified by a frame.
        if (drain.IsDraining && HttpProtocol.IsHttp11(context.Request.Protocol) && context.Request.Headers.Upgrade.Count == 0)
            context.Response.Headers.Connection = "close";
        return next(context);
    }
}
