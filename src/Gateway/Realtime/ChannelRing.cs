using System.Collections.Immutable;
using JubileeVerse.Realtime;

namespace JubileeVerse.Gateway.Realtime;

/// <summary>
/// The last frames of one channel in the one order in which everybody here is told them. Readers hold a number into it, so a reader costs no
/// more than that, and one that is overtaken finds out by its number. Text of replies is not in it: that is kept as text.
/// Not thread-safe: its feed holds the lock.
/// </summary>
/// <remarks>Bounded by number and by bytes, and by age too, as the feed sees to. An idle channel holds nothing.</remarks>
internal sealed class ChannelRing
{
    /// <summary>As many as a channel's history has.</summary>
    public const int MaxFrames = 1000;

    public const int MaxBytes = 1024 * 1024;

    /// <summary>A power of two, as all lengths are: an entry's place is its number without the upper bits.</summary>
    private const int MinLength = 8;

    private RingEntry[] _entries = [];
    private ChannelPosition _floor;

    /// <summary>Where the channel stands; null before anything is known of it.</summary>
    public ChannelPosition? Position { get; private set; }

    /// <summary>The number of the oldest frame that is here.</summary>
    public long First { get; private set; }

    /// <summary>The number of the frame that comes next.</summary>
    public long End { get; private set; }

    /// <summary>Of all frames since the ring began: what a reader has not read is the difference.</summary>
    public long Bytes { get; private set; }

    /// <summary>Of the last frame with a position that is not here any more; null when there was none.</summary>
    public ChannelPosition? Dropped { get; private set; }

    public RingEntry this[long number] => _entries[number & (_entries.Length - 1)];

    /// <summary>Everything up to here is somebody else's to tell.</summary>
    public void Begin(ChannelPosition position) => (Position, _floor) = (position, position);

    /// <summary>Adds a frame: a durable one only where it follows, which the caller has seen to.</summary>
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

    /// <summary>What is between here and there cannot be had: everybody is told just that, in its place.</summary>
    public void Skip(Gap gap, ChannelPosition to, long at)
    {
        (Position, _floor) = (to, to);
        Add(gap, to, at);
    }

    /// <summary>The durable frames after a position, oldest first; null when not all of them are here, or the position is none of this channel's.</summary>
    public ImmutableArray<SharedFrame>? After(ChannelPosition known)
    {
        if (Position is not { } position || known.Epoch != position.Epoch || known.Offset > position.Offset || known.Offset < _floor.Offset)
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

    /// <summary>Forgets frames that came before a time.</summary>
    public void Trim(long before)
    {
        while (First < End && this[First].At < before)
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
            Dropped = position;
            if (position.Epoch == _floor.Epoch && position.Offset > _floor.Offset)
                _floor = position;
        }

        _entries[First & (_entries.Length - 1)] = default;
        First++;
    }

    private void Grow()
    {
        var grown = new RingEntry[Math.Max(MinLength, _entries.Length * 2)];
        for (var number = First; number < End; number++)
            grown[number & (grown.Length - 1)] = this[number];
        _entries = grown;
    }
}
