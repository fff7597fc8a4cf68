using System.Buffers;
using System.Collections.Immutable;
using JubileeVerse.Gateway.Realtime.Connections;
using JubileeVerse.Gateway.Realtime.Replies;

namespace JubileeVerse.Gateway.Realtime.Sse;

/// <summary>
/// The stream of one reply, or of several replies that are generated one after the other. It is complete after the last reply's end. The
/// user's grain does not count it as a connection of the user.
/// </summary>
internal sealed class ReplyConnection : SseConnection
{
    public ReplyConnection(
        HttpContext context,
        ImmutableArray<StreamedReply> replies,
        TokenExpiry expiry,
        ReplyConnectionFactory factory,
        LiveConnection connection)
        : base(context, expiry, connection, factory.Pump, factory.Time, factory.HeartbeatPeriod) =>
        Subscriptions = new ReplySubscription(this, factory.Feeds, factory.Finder, replies, factory.Logger);

    public override IFrameSource Subscriptions { get; }

    public Task RunAsync() => RunAsync(greeting: null);

    /// <summary>Writes an event with the reader's cursor after it as its id, unless the event leaves the cursor unchanged.</summary>
    protected override void WriteFrame(ConnectionFrame item, IBufferWriter<byte> body)
    {
        if (item.Position is { Text: { } cursor })
            SseWriter.WriteId(body, cursor.ToString());
        body.Write(item.Frame.Sse.Span);
    }
}
