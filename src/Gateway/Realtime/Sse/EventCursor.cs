using JubileeVerse.Gateway.Realtime.Connections;
using JubileeVerse.Realtime;
using JubileeVerse.Realtime.Frames;

namespace JubileeVerse.Gateway.Realtime.Sse;

/// <summary>
/// How far the client of an event stream has read each channel and the text of each running reply. Its text is the <c>id</c> of an event:
/// opaque to clients, and valid at every gateway. Not thread-safe.
/// </summary>
internal sealed class EventCursor
{
    private readonly List<EventMark> _marks = [];
    private string? _text;

    public IReadOnlyList<EventMark> Marks => _marks;

    /// <summary>
    /// Returns null for an empty text, for one that was not written by <see cref="ToString"/>, and for one that was damaged.
    /// </summary>
    public static EventCursor? Parse(string? text) => EventCursorText.Parse(text);

    /// <summary>
    /// Returns a hash of the channel's name, which is shorter than the name. A collision is harmless: a client would use the position of
    /// one of its own channels for another one.
    /// </summary>
    public static ulong KeyOf(ChannelName channel)
    {
        // FNV-1a.
        var key = 14695981039346656037UL;
        foreach (var unit in channel.Value)
            key = unchecked((key ^ unit) * 1099511628211UL);
        return key;
    }

    public EventMark? Find(ChannelName channel)
    {
        var key = KeyOf(channel);
        return _marks.Find(mark => mark.Key == key);
    }

    public void Add(EventMark mark)
    {
        _marks.Add(mark);
        _text = null;
    }

    /// <summary>Moves the cursor past a frame that is sent to the client.</summary>
    public void MovePast(ConnectionFrame item)
    {
        if (item.Position is not { } position || Find(position.Channel) is not { } mark)
            return;
        if (position.Position is { } channelPosition)
            mark.Move(channelPosition);
        if (item.Frame.Frame is Gap)
            mark.ForgetReplies();
        if (position is { Reply: { } reply, Text: { } text })
            mark.Move(reply, text);
        _text = null;
    }

    public override string ToString() => _text ??= EventCursorText.Format(this);
}
