using System.Buffers;
using System.Globalization;
using System.Text;
using JubileeVerse.Gateway.Realtime.Connections;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;

namespace JubileeVerse.Gateway.Realtime.Sse;

/// <summary>
/// Writes server-sent events. The framework's writer is not used, because it does not send the headers at once, write comments, or leave
/// the writing to the pump.
/// </summary>
internal static class SseWriter
{
    public const string ContentType = "text/event-stream";

    /// <summary>A comment, which clients ignore; it shows that the stream is alive.</summary>
    public static readonly ReadOnlyMemory<byte> Heartbeat = ": hb\n\n"u8.ToArray();

    /// <summary>Sets the headers and writes the reconnect delay. The bytes are sent with the first flush.</summary>
    public static void Begin(HttpContext context, ReconnectDelays delays)
    {
        // The write timeout limits slow readers; Kestrel's minimum data rate would end a stream sooner.
        if (context.Features.Get<IHttpMinResponseDataRateFeature>() is { } rate)
            rate.MinDataRate = null;
        var response = context.Response;
        response.ContentType = ContentType;
        response.Headers.CacheControl = "no-cache, no-transform";
        response.Headers["X-Accel-Buffering"] = "no";
        context.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
        WriteRetry(response.BodyWriter, delays.AfterLostStream());
        response.BodyWriter.Write("\n"u8);
    }

    /// <summary>Writes the <c>id</c> field of the event that follows.</summary>
    public static void WriteId(IBufferWriter<byte> body, string id) => body.Write(Encoding.ASCII.GetBytes($"id: {id}\n"));

    /// <summary>Writes the <c>retry</c> field of the event that follows.</summary>
    public static void WriteRetry(IBufferWriter<byte> body, int retryMs) =>
        body.Write(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"retry: {retryMs}\n")));
}
