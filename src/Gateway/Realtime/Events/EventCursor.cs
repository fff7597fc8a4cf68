using JubileeVerse.Realtime;

namespace JubileeVerse.Gateway.Realtime.Events;

/// <summary>
/// How far the client of a stream of events is: in each channel, and in the text of each running reply. Its text is the <c>id</c> of an event:
/// opaque to clients, good at every gateway. Not thread-safe.
/// </summary>
internal sealed class EventCursor
{
    private readonly List<EventMark> _marks = [];
    private string? _text;

    public IReadOnlyList<EventMark> Marks => _marks;

    /// <summary>Null for none, for one that we did not write, and for one that did not arrive as it was written.</summary>
    public static EventCursor? Parse(string? text) => EventCursorText.Parse(text);

    /// <summary>
    /// Stands for a channel's name, which is longer. Whoever finds two names with one key has a position of the one for the other, of channels
    /// that are theirs.
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

    /// <summary>The client is sent this.</summary>
    public void Take(LinkFrame item)
    {
        if (item.Place is not { } place || Find(place.Channel) is not { } mark)
            return;
        if (place.Position is { } position)
            mark.Move(position);
        if (item.Frame.Frame is Gap)
            mark.ForgetReplies();
        if (place is { Reply: { } reply, Text: { } text })
            mark.Move(reply, text);
        _text = null;
    }

    public override string ToString() => _text ??= EventCursorText.Print(this);
}
