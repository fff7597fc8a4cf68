using CsCheck;
using JubileeVerse.Gateway.Realtime.Feeds;
using JubileeVerse.Realtime.Frames;
using JubileeVerse.Realtime.Positions;

namespace JubileeVerse.Gateway.Tests.Realtime.Feeds;

public sealed class ChannelRingTests
{
    private readonly ChannelRing _ring = new();

    public ChannelRingTests() => _ring.Begin(new ChannelPosition("e", 0));

    [Fact]
    public void Add_LargeFrames_KeepsAtMostMaxBytes()
    {
        for (var offset = 1; offset <= 300; offset++)
            _ring.Add(new MessagePosted(Frames.Channel, "e", offset, Frames.ReplyMessage(new string('x', 8000))), 0);

        Assert.InRange(_ring.Bytes - _ring[_ring.First].BytesBefore, ChannelRing.MaxBytes - 9000, ChannelRing.MaxBytes);
        Assert.Equal(_ring.First, _ring.LastDropped?.Offset);
        Assert.Null(_ring.After(new ChannelPosition("e", _ring.First - 1)));
        Assert.Equal((int)(300 - _ring.First), _ring.After(new ChannelPosition("e", _ring.First))?.Length);
    }

    [Fact]
    public void Add_FrameLargerThanTheRing_IsKeptAlone()
    {
        Add(1, at: 0);
        _ring.Add(new MessagePosted(Frames.Channel, "e", 2, Frames.ReplyMessage(new string('x', ChannelRing.MaxBytes))), 0);

        Assert.Equal((1, 2), (_ring.First, _ring.End));
    }

    [Fact]
    public void Trim_AllFrames_IsEmptyAndKeepsItsPosition()
    {
        Add(1, at: 10);
        Add(2, at: 20);
        _ring.Trim(20);
        Assert.Equal(1, _ring.First);
        _ring.Trim(21);

        Assert.Equal((2, 2), (_ring.First, _ring.End));
        Assert.Equal(new ChannelPosition("e", 2), _ring.Position);
        Assert.Empty(_ring.After(new ChannelPosition("e", 2))!.Value);
        Assert.Null(_ring.After(new ChannelPosition("e", 1)));
        Add(3, at: 30);
        Assert.Equal(3, (_ring[2].Frame.Frame as DurableFrame)?.Offset);
    }

    [Fact]
    public void After_PositionBeforeAGap_ReturnsNull()
    {
        Add(1, at: 0);
        _ring.Skip(new Gap(Frames.Channel, 2, 4, Gap.HistoryEnded), new ChannelPosition("e", 4), 0);
        Add(5, at: 0);

        Assert.Null(_ring.After(new ChannelPosition("e", 1)));
        Assert.Null(_ring.After(new ChannelPosition("e", 3)));
        Assert.Single(_ring.After(new ChannelPosition("e", 4))!.Value);
    }

    [Fact]
    public void After_AnyPosition_ReturnsAllFramesOrNull() => Gen.Select(Gen.Int[0, 2], Gen.Int[0, 40]).Array[0, 3000].Sample(steps =>
    {
        var ring = new ChannelRing();
        ring.Begin(new ChannelPosition("e", 0));
        var (offset, at) = (0L, 0L);
        foreach (var (kind, by) in steps)
        {
            at++;
            if (kind == 0)
                ring.Add(new PresenceChanged(Frames.Channel, default, true), at);
            else if (kind == 1)
                ring.Add(new ReadMarked(Frames.Channel, "e", ++offset, default, 1), at);
            else if (by == 0)
                ring.Trim(at - 20);

            var known = Math.Max(0, offset - by);
            if (ring.After(new ChannelPosition("e", known)) is { } events)
                Assert.Equal(Range(known + 1, offset), events.Select(frame => ((DurableFrame)frame.Frame).Offset));
            else
                Assert.True(ring.LastDropped?.Offset > known);
        }
    });

    private static IEnumerable<long> Range(long from, long to)
    {
        for (var offset = from; offset <= to; offset++)
            yield return offset;
    }

    private void Add(long offset, long at) => _ring.Add(new ReadMarked(Frames.Channel, "e", offset, default, 1), at);
}
