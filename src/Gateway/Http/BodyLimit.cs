using JubileeVerse.Errors;
using Microsoft.AspNetCore.Http.Features;

namespace JubileeVerse.Gateway.Http;

/// <summary>
/// Rejects a body larger than <see cref="MaxBytes"/> before it is read. Kestrel's own limit (<see cref="MaxDiscardedBytes"/>) is higher,
/// because Kestrel resets the connection of a larger body, and a client that is still sending then sees a connection error instead of the
/// response. Up to that limit Kestrel reads the rest of the body and discards it.
/// </summary>
internal static class BodyLimit
{
    public const int MaxBytes = 1024 * 1024;

    /// <summary>Maximum size of a rejected body that is still read and discarded.</summary>
    public const int MaxDiscardedBytes = 16 * MaxBytes;

    public static Task CheckAsync(HttpContext context, RequestDelegate next)
    {
        if (context.Request.ContentLength > MaxBytes)
            throw new JubileeException(ErrorCode.PayloadTooLarge, "The request body must be at most 1 MiB.");

        // The size of a body without Content-Length is checked while it is read.
        if (context.Request.ContentLength is null && context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
            limit.MaxRequestBodySize = MaxBytes;
        return next(context);
    }
}
