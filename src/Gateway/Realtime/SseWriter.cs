using System.Buffers;
using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;

namespace JubileeVerse.Gateway.Realtime;

/// <summary>
/// Writes server-sent events. Our own, for what the framework's does not do: headers leave at once, comments, and an end
/// to waiting for a reader that does not read.
/// </summary>
internal sealed class SseWriter(HttpContext context, TimeSpan writeTimeout, TimeProvider time)
{
    private const int MinRetryMs = 1000;
    private const int MaxRetryMs = 3000;

    /// <summary>A comment, which clients skip: the stream lives.</summary>
    public static readonly ReadOnlyMemory<byte> Heartbeat = ": hb\n\n"u8.ToArray();

    /// <summary>
    /// Sets headers, and writes the time after which a lost client comes back, different for each: a gateway that dies has thousands. Leaves with
    /// the first flush.
    /// </summary>
    public static void Begin(HttpContext context)
    {
        // Ours is the limit on slow readers; the server's own would end a stream sooner.
        if (context.Features.Get<IHttpMinResponseDataRateFeature>() is { } rate)
            rate.MinDataRate = null;
        var response = context.Response;
        response.ContentType = ReplyStreamResult.ContentType;
        response.Headers.CacheControl = "no-cache, no-transform";
        response.Headers["X-Accel-Buffering"] = "no";
        context.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
        var retryMs = Random.Shared.Next(MinRetryMs, MaxRetryMs);
        response.BodyWriter.Write(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"retry: {retryMs}\n\n")));
    }

    public ValueTask StartAsync()
    {
        Begin(context);
        return FlushAsync();
    }

    public ValueTask SendHeartbeatAsync()
    {
        context.Response.BodyWriter.Write(Heartbeat.Span);
        return FlushAsync();
    }

    /// <summary>All events of a burst leave with one flush.</summary>
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
            // Only a connection that is behind pays for a timer.
            await flush.AsTask().WaitAsync(writeTimeout, time, context.RequestAborted);
        }
        catch (TimeoutException)
        {
            throw new SlowReaderException();
        }
    }
}
