using JubileeVerse.Accounts;
using JubileeVerse.Errors;
using JubileeVerse.Gateway.Errors;
using JubileeVerse.Gateway.Realtime.Connections;
using JubileeVerse.Gateway.Realtime.Feeds;
using JubileeVerse.Gateway.Realtime.Replies;
using JubileeVerse.Gateway.Realtime.Subscriptions;
using JubileeVerse.Realtime;
using JubileeVerse.Realtime.Frames;
using JubileeVerse.Realtime.Positions;

namespace JubileeVerse.Gateway.Realtime.Sse;

/// <summary>
/// The subscriptions of an event stream. They are created before the connection, so that a refusal can be an ordinary problem response.
/// The frames that the client has missed are sent first.
/// </summary>
internal sealed class EventSubscriptions : IConnectionSubscriptions, IFeedSubscriber
{
    private readonly IConnectionSubscriptions _channels;
    private readonly EventCursor? _known;
    private readonly List<ConnectionFrame> _missed = [];
    private readonly List<StreamPosition> _startPositions = [];
    private int _sent;
    private volatile ClientConnection? _connection;

    /// <param name="maxChannels">The limit, without the user's own channel and the announcements.</param>
    /// <param name="known">The client's cursor; null when it has none.</param>
    public EventSubscriptions(ConnectionSubscriptionsFactory factory, UserId userId, int maxChannels, EventCursor? known)
    {
        _channels = factory.Create(userId, this, maxChannels);
        _known = known;
    }

    /// <summary>
    /// The client's positions. They start at the client's own cursor, and in a channel that the client does not know at the channel's
    /// current position.
    /// </summary>
    public EventCursor Cursor { get; } = new();

    /// <summary>The starting positions of the subscribed channels, by channel name.</summary>
    public IReadOnlyList<StreamPosition> StartPositions => _startPositions;

    public int Count => _channels.Count;

    public bool HasRunningReply => _channels.HasRunningReply;

    public bool IsOwnerUnreachable => _channels.IsOwnerUnreachable;

    /// <summary>
    /// Excludes the missed frames, which are held here. A client that reads them gradually is not slow, however many they are.
    /// </summary>
    public long UnreadBytes => _channels.UnreadBytes;

    /// <summary>
    /// Sets the connection to pulse. Earlier pulses are not needed, because the connection reads everything when it starts.
    /// </summary>
    public void SetConnection(ClientConnection connection) => _connection = connection;

    public void Pulse() => _connection?.Pulse();

    /// <summary>
    /// Subscribes to a channel at the client's position. Returns null, or the code with which the subscription is refused.
    /// </summary>
    public async Task<ErrorCode?> AddChannelAsync(ChannelName channel, CancellationToken cancellationToken)
    {
        if (Cursor.Find(channel) is not null)
            return null;
        var mark = _known?.Find(channel);
        var result = await SubscribeAsync(Request(channel, mark), cancellationToken);
        // The client reloads the channel, so its reply texts must not be resumed.
        if (mark is not null && result is { Error: null, Recovered: false })
            result = await SubscribeAsync(new SubscribeRequest(channel), cancellationToken);
        if (result.Error is { } error)
        {
            if (mark is not null)
                Cursor.Add(mark);
            return ErrorTable.Codes.Single(code => ErrorCodeText.For(code) == error);
        }

        var at = new ChannelPosition(result.Epoch, result.Offset);
        var start = mark?.Position ?? at;
        _startPositions.Add(new StreamPosition(channel, start.Epoch, start.Offset));
        Cursor.Add(mark ?? new EventMark(EventCursor.KeyOf(channel), at, []));
        if (result.Recovered)
            _missed.AddRange(result.Events.Select(frame => new ConnectionFrame(frame, PositionAfter(channel, frame.Frame))));
        else if (mark is not null)
            _missed.Add(new ConnectionFrame(new SharedFrame(CreateGap(channel, mark.Position, at)), new FramePosition(channel, at)));
        return null;
    }

    /// <summary>Keeps the client's positions in channels that have not been subscribed.</summary>
    public void KeepPositions(IEnumerable<ChannelName> channels)
    {
        foreach (var channel in channels)
        {
            if (Cursor.Find(channel) is null && _known?.Find(channel) is { } mark)
                Cursor.Add(mark);
        }
    }

    public Task<SubscribeResult> SubscribeAsync(SubscribeRequest request, CancellationToken cancellationToken) =>
        _channels.SubscribeAsync(request, cancellationToken);

    public bool Unsubscribe(ChannelName channel) => _channels.Unsubscribe(channel);

    public void Read(FrameBurst burst)
    {
        for (; _sent < _missed.Count && !burst.IsFull; _sent++)
            burst.Add(_missed[_sent].Frame, _missed[_sent].Position);
        // The connection is queued again, because the burst is full.
        if (burst.IsFull)
            return;
        _missed.Clear();
        _sent = 0;
        _channels.Read(burst);
    }

    public void Dispose() => _channels.Dispose();

    private static SubscribeRequest Request(ChannelName channel, EventMark? mark) => mark is null
        ? new SubscribeRequest(channel)
        : new SubscribeRequest(channel, mark.Position.Epoch, mark.Position.Offset, [.. mark.Replies]);

    private static FramePosition? PositionAfter(ChannelName channel, Frame frame) => frame is DurableFrame durable
        ? new FramePosition(
            channel,
            new ChannelPosition(durable.Epoch, durable.Offset),
            ChannelLog.FindEndedReply(frame),
            ChannelLog.FindEndedReply(frame) is null ? null : new ReplyCursor(0, 0, HasEnded: true))
        : null;

    /// <summary>
    /// Creates the gap. A client whose position is ahead of the channel gets <see cref="Gap.EpochChanged"/>, as for another epoch.
    /// </summary>
    private static Gap CreateGap(ChannelName channel, ChannelPosition known, ChannelPosition at) =>
        known.Epoch == at.Epoch && known.Offset <= at.Offset
            ? new Gap(channel, known.Offset + 1, at.Offset, Gap.HistoryEnded)
            : new Gap(channel, 1, at.Offset, Gap.EpochChanged);
}
