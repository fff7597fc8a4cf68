using JubileeVerse.ServiceDefaults.Drain;

namespace JubileeVerse.Gateway.Http;

/// <summary>
/// Tells clients of a gateway that is about to stop to use another connection for their next request: one that the server closes
/// while a request is on its way looks like a fault.
/// </summary>
internal sealed class DrainNotice(RequestDelegate next, DrainState drain)
{
    public Task InvokeAsync(HttpContext context)
    {
        // Of HTTP/2 the server tells the client by itself. A socket's opening needs the header for itself, and its first frame says where to go.
        if (drain.IsDraining && HttpProtocol.IsHttp11(context.Request.Protocol) && context.Request.Headers.Upgrade.Count == 0)
            context.Response.Headers.Connection = "close";
        return next(context);
    }
}
