using System.Buffers;
using System.Globalization;
using System.Text;
using JubileeVerse.Gateway.Realtime.Connections;
using JubileeVerse.Gateway.Realtime.Replies;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;

namespace JubileeVerse.Gateway.Realtime.Sse;

/// <summary>
/// Writes server-sent events. The framework's writer is not used, because it does not send the headers at once, write comments, or limit
/// the time for which it waits for a client that does not read.
/// </summary>
internal sealed class SseWriter(HttpContext context, ReconnectDelays delays, TimeSpan writeTimeout, TimeProvider time)
{
    /// <summary>A comment, which clients ignore; it shows that the stream is alive.</summary>
    public static readonly ReadOnlyMemory<byte> Heartbeat = ": hb\n\n"u8.ToArray();

    /// <summary>Sets the headers and writes the reconnect delay. The bytes are sent with the first flush.</summary>
    public static void Begin(HttpContext context, ReconnectDelays delays)
    {
        // The write timeout limits slow readers; Kestrel's minimum data rate would end a stream sooner.
        if (context.Features.Get<IHttpMinResponseDataRateFeature>() is { } rate)
            rate.MinDataRate = null;
        var response = context.Response;
        response.ContentType = ReplyStreamResult.ContentType;
        response.Headers.CacheControl = "no-cache, no-transform";
        response.Headers["X-Accel-Buffering"] = "no";
        context.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
        var retryMs = delays.AfterLostStream();
        response.BodyWriter.Write(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"retry: {retryMs}\n\n")));
    }

    public ValueTask StartAsync()
    {
        Begin(context, delays);
        return FlushAsync();
    }

    public ValueTask SendHeartbeatAsync()
    {
        context.Response.BodyWriter.Write(Heartbeat.Span);
        return FlushAsync();
    }

    /// <summary>Writes all events with one flush.</summary>
    public ValueTask SendAsync(IReadOnlyList<ReplyEvent> events)
    {
        foreach (var item in events)
        {
            if (item.Cursor is { } cursor)
                context.Response.BodyWriter.Write(Encoding.ASCII.GetBytes($"id: {cursor}\n"));
            context.Response.BodyWriter.Write(item.Frame.Sse.Span);
        }

        return FlushAsync();
    }

    private async ValueTask FlushAsync()
    {
        var flush = context.Response.BodyWriter.FlushAsync(context.RequestAborted);
        if (flush.IsCompletedSuccessfully)
        {
            _ = flush.Result;
            return;
        }

        try
        {
            // Only a connection whose flush is pending needs a timer.
            await flush.AsTask().WaitAsync(writeTimeout, time, context.RequestAborted);
        }
        catch (TimeoutException)
        {
            throw new SlowReaderException();
        }
    }
}
