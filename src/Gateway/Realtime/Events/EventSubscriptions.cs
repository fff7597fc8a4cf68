using JubileeVerse.Accounts;
using JubileeVerse.Errors;
using JubileeVerse.Gateway.Errors;
using JubileeVerse.Realtime;

namespace JubileeVerse.Gateway.Realtime.Events;

/// <summary>
/// The channels of a stream of events. They are entered before there is a link, so that a refusal is an answer like any other; what the client
/// has missed is read before anything else.
/// </summary>
internal sealed class EventSubscriptions : ILinkSubscriptions, IFeedListener
{
    private readonly ILinkSubscriptions _channels;
    private readonly EventCursor? _known;
    private readonly List<LinkFrame> _missed = [];
    private readonly List<StreamPosition> _begins = [];
    private int _told;
    private volatile Link? _link;

    /// <param name="factory">Makes what is wrapped here.</param>
    /// <param name="userId">Whose.</param>
    /// <param name="maxChannels">Besides the person's own.</param>
    /// <param name="known">Where the client says that it stands; null for nowhere.</param>
    public EventSubscriptions(LinkSubscriptionsFactory factory, UserId userId, int maxChannels, EventCursor? known)
    {
        _channels = factory.For(userId, this, maxChannels);
        _known = known;
    }

    /// <summary>Where the client stands before it is told anything: where it was, and in a channel that it does not know, where that is now.</summary>
    public EventCursor Cursor { get; } = new();

    /// <summary>The same by name, of the channels that are heard.</summary>
    public IReadOnlyList<StreamPosition> Begins => _begins;

    public int Count => _channels.Count;

    public bool IsAnswering => _channels.IsAnswering;

    public bool IsLost => _channels.IsLost;

    /// <summary>Without what was missed, which is all here: however much that is, a client that takes it bit by bit is not slow.</summary>
    public long BehindBytes => _channels.BehindBytes;

    /// <summary>News are told to this link from now on. Before it begins it need not hear of any.</summary>
    public void TellTo(Link link) => _link = link;

    public void Pulse() => _link?.Pulse();

    /// <summary>Enters a channel where the client stands in it. Null, or why it cannot be.</summary>
    public async Task<ErrorCode?> EnterAsync(ChannelName channel, CancellationToken cancellationToken)
    {
        if (Cursor.Find(channel) is not null)
            return null;
        var mark = _known?.Find(channel);
        var answer = await SubscribeAsync(Request(channel, mark), cancellationToken);
        // It reads anew, so its texts are no more to go on from.
        if (mark is not null && answer is { Error: null, Recovered: false })
            answer = await SubscribeAsync(new SubscribeRequest(channel), cancellationToken);
        if (answer.Error is { } error)
        {
            if (mark is not null)
                Cursor.Add(mark);
            return ErrorTable.Codes.Single(code => ErrorCodeText.Of(code) == error);
        }

        var at = new ChannelPosition(answer.Epoch, answer.Offset);
        var begin = mark?.Position ?? at;
        _begins.Add(new StreamPosition(channel, begin.Epoch, begin.Offset));
        Cursor.Add(mark ?? new EventMark(EventCursor.KeyOf(channel), at, []));
        if (answer.Recovered)
            _missed.AddRange(answer.Events.Select(frame => new LinkFrame(frame, PlaceOf(channel, frame.Frame))));
        else if (mark is not null)
            _missed.Add(new LinkFrame(new SharedFrame(GapOf(channel, mark.Position, at)), new FramePlace(channel, at)));
        return null;
    }

    /// <summary>In channels that it has not entered the client stays where it was.</summary>
    public void Keep(IEnumerable<ChannelName> channels)
    {
        foreach (var channel in channels)
        {
            if (Cursor.Find(channel) is null && _known?.Find(channel) is { } mark)
                Cursor.Add(mark);
        }
    }

    public Task<SubscribeAnswer> SubscribeAsync(SubscribeRequest request, CancellationToken cancellationToken) =>
        _channels.SubscribeAsync(request, cancellationToken);

    public bool Unsubscribe(ChannelName channel) => _channels.Unsubscribe(channel);

    public void Read(FrameBurst burst)
    {
        for (; _told < _missed.Count && !burst.IsFull; _told++)
            burst.Add(_missed[_told].Frame, _missed[_told].Place);
        // Full, it has another turn.
        if (burst.IsFull)
            return;
        _missed.Clear();
        _told = 0;
        _channels.Read(burst);
    }

    public void Dispose() => _channels.Dispose();

    private static SubscribeRequest Request(ChannelName channel, EventMark? mark) => mark is null
        ? new SubscribeRequest(channel)
        : new SubscribeRequest(channel, mark.Position.Epoch, mark.Position.Offset, [.. mark.Replies]);

    private static FramePlace? PlaceOf(ChannelName channel, Frame frame) => frame is DurableFrame durable
        ? new FramePlace(
            channel,
            new ChannelPosition(durable.Epoch, durable.Offset),
            ChannelLog.EndedBy(frame),
            ChannelLog.EndedBy(frame) is null ? null : new ReplyCursor(0, 0, HasEnded: true))
        : null;

    /// <summary>One that is ahead of the channel says what nobody can have told it in this epoch.</summary>
    private static Gap GapOf(ChannelName channel, ChannelPosition known, ChannelPosition at) =>
        known.Epoch == at.Epoch && known.Offset <= at.Offset
            ? new Gap(channel, known.Offset + 1, at.Offset, Gap.HistoryEnded)
            : new Gap(channel, 1, at.Offset, Gap.EpochChanged);
}
