using System.Collections.Immutable;
using JubileeVerse.Gateway.Realtime.Replies;
using JubileeVerse.Realtime.Frames;
using JubileeVerse.Realtime.Positions;

namespace JubileeVerse.Gateway.Realtime.Feeds;

/// <summary>
/// The last frames of one channel, in the order in which every subscriber of this gateway receives them. A reader holds only the number
/// of its next frame, and detects by that number that the ring has dropped frames before it read them. The text of running replies is not
/// in the ring; <see cref="ReplyText"/> holds it. Not thread-safe: its feed holds the lock.
/// </summary>
/// <remarks>The ring is bounded by number and by bytes; the feed also bounds it by age. An idle channel holds no frames.</remarks>
internal sealed class ChannelRing
{
    /// <summary>The same number as in a channel's history.</summary>
    public const int MaxFrames = 1000;

    public const int MaxBytes = 1024 * 1024;

    /// <summary>A power of two, as all lengths are: an entry's index is <c>number &amp; (length − 1)</c>.</summary>
    private const int MinLength = 8;

    private RingEntry[] _entries = [];
    private ChannelPosition _completeAfter;

    /// <summary>The channel's position; null before the first attachment.</summary>
    public ChannelPosition? Position { get; private set; }

    /// <summary>The number of the oldest frame in the ring.</summary>
    public long First { get; private set; }

    /// <summary>The number that the next frame will get.</summary>
    public long End { get; private set; }

    /// <summary>The bytes of all frames since the ring was created. A reader's unread bytes are the difference to this value.</summary>
    public long Bytes { get; private set; }

    /// <summary>The position of the last durable frame that the ring has dropped; null when there was none.</summary>
    public ChannelPosition? LastDropped { get; private set; }

    public RingEntry this[long number] => _entries[number & (_entries.Length - 1)];

    /// <summary>Sets the position after which the ring holds frames.</summary>
    public void Begin(ChannelPosition position) => (Position, _completeAfter) = (position, position);

    /// <summary>Adds a frame. The caller ensures that a durable frame directly follows <see cref="Position"/>.</summary>
    public void Add(ChannelFrame frame, long at)
    {
        if (frame is not DurableFrame durable)
        {
            Add(frame, null, at);
            return;
        }

        Position = new ChannelPosition(durable.Epoch, durable.Offset);
        Add(frame, Position, at);
    }

    /// <summary>Skips frames that cannot be read any more; every reader receives the gap at that point of the order.</summary>
    public void Skip(Gap gap, ChannelPosition to, long at)
    {
        (Position, _completeAfter) = (to, to);
        Add(gap, to, at);
    }

    /// <summary>
    /// Returns the durable frames after a position, oldest first; null when the ring does not hold all of them, or the position is not
    /// one of this epoch.
    /// </summary>
    public ImmutableArray<SharedFrame>? After(ChannelPosition known)
    {
        if (Position is not { } position || known.Epoch != position.Epoch)
            return null;
        if (known.Offset > position.Offset || known.Offset < _completeAfter.Offset)
            return null;

        var missed = ImmutableArray.CreateBuilder<SharedFrame>();
        for (var number = End - 1; number >= First && missed.Count < position.Offset - known.Offset; number--)
        {
            if (this[number] is { Position: not null } entry)
                missed.Add(entry.Frame);
        }

        missed.Reverse();
        return missed.DrainToImmutable();
    }

    /// <summary>Drops frames that arrived before a timestamp.</summary>
    public void Trim(long before)
    {
        while (First < End && this[First].ReceivedAt < before)
            DropOldest();
        if (First == End)
            _entries = [];
    }

    private void Add(ChannelFrame frame, ChannelPosition? position, long at)
    {
        var shared = new SharedFrame(frame);
        while (First < End && (End - First >= MaxFrames || Bytes + shared.Json.Length - this[First].BytesBefore > MaxBytes))
            DropOldest();
        if (End - First == _entries.Length)
            Grow();

        _entries[End & (_entries.Length - 1)] = new RingEntry(shared, position, Bytes, at);
        End++;
        Bytes += shared.Json.Length;
    }

    private void DropOldest()
    {
        if (this[First].Position is { } position)
        {
            LastDropped = position;
            if (position.Epoch == _completeAfter.Epoch && position.Offset > _completeAfter.Offset)
                _completeAfter = position;
        }

        _entries[First & (_entries.Length - 1)] = default;
        First++;
    }

    private void Grow()
    {
        var entries = new RingEntry[Math.Max(MinLength, _entries.Length * 2)];
        for (var number = First; number < End; number++)
            entries[number & (entries.Length - 1)] = this[number];
        _entries = entries;
    }
}
