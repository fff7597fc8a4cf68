using JubileeVerse.Errors;
using Microsoft.AspNetCore.Http.Features;

namespace JubileeVerse.Gateway.Http;

/// <summary>
/// Refuses a body over <see cref="MaxBytes"/> before anything reads it. The server's own limit is higher: what exceeds that one is cut off, and
/// a client that is still sending then sees a reset connection in place of the answer. Up to it the server takes the rest of the body and throws it away.
/// </summary>
internal static class BodyLimit
{
    public const int MaxBytes = 1024 * 1024;

    /// <summary>What a connection takes at most of a body that is refused.</summary>
    public const int MaxDiscardedBytes = 16 * MaxBytes;

    public static Task CheckAsync(HttpContext context, RequestDelegate next)
    {
        if (context.Request.ContentLength > MaxBytes)
            throw new JubileeException(ErrorCode.PayloadTooLarge, "A body has at most 1 MiB.");

        // A body of unknown length is counted while it is read.
        if (context.Request.ContentLength is null && context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
            limit.MaxRequestBodySize = MaxBytes;
        return next(context);
    }
}
