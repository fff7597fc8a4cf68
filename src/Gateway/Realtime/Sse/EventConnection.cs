using System.Buffers;
using JubileeVerse.Gateway.Realtime.Connections;
using JubileeVerse.Gateway.Realtime.Feeds;
using JubileeVerse.Gateway.Realtime.Subscriptions;
using JubileeVerse.Realtime.Frames;

namespace JubileeVerse.Gateway.Realtime.Sse;

/// <summary>The stream of one or more channels.</summary>
internal sealed class EventConnection : SseConnection
{
    private readonly EventSubscriptions _subscriptions;

    public EventConnection(
        HttpContext context,
        EventSubscriptions subscriptions,
        TokenExpiry expiry,
        LiveConnection connection,
        ConnectionPump pump,
        TimeProvider time,
        TimeSpan heartbeatPeriod)
        : base(context, expiry, connection, pump, time, heartbeatPeriod)
    {
        _subscriptions = subscriptions;
        subscriptions.SetConnection(this);
    }

    public override IConnectionSubscriptions Subscriptions => _subscriptions;

    public Task RunAsync(Connected greeting) => RunAsync(new ConnectionFrame(new SharedFrame(greeting), null));

    /// <summary>
    /// Writes a frame with an id that covers it and all earlier frames, so that everything after it is sent again when it is lost.
    /// </summary>
    protected override void WriteFrame(ConnectionFrame item, IBufferWriter<byte> body)
    {
        _subscriptions.Cursor.MovePast(item);
        SseWriter.WriteId(body, _subscriptions.Cursor.ToString());
        // An EventSource reconnects by itself, and does not know the delay that the closing frame states to the page.
        if (item.Frame.Frame is Closing { ReconnectAfterMs: > 0 and var pauseMs })
            SseWriter.WriteRetry(body, pauseMs);
        body.Write(item.Frame.Sse.Span);
    }
}
