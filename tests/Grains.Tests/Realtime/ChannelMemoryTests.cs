using JubileeVerse.Realtime;
using JubileeVerse.Realtime.Channels;
using JubileeVerse.Realtime.Frames;
using Microsoft.Extensions.Time.Testing;

namespace JubileeVerse.Grains.Tests.Realtime;

public sealed class ChannelMemoryTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly ChannelMemory _memory;

    public ChannelMemoryTests() => _memory = new ChannelMemory("e", _time);

    [Fact]
    public void After_KnownOffset_ReturnsTheLaterFrames()
    {
        Add(3);

        Assert.Equal([2L, 3L], OffsetsAfter("e", 1));
        Assert.Empty(OffsetsAfter("e", 3));
        Assert.Equal([1L, 2L, 3L], OffsetsAfter("other", 3));
        Assert.Equal([1L, 2L, 3L], OffsetsAfter(null, 0));
    }

    [Fact]
    public void After_MoreThanMaxFrames_ReturnsTheNewest()
    {
        Add(RecentFrames.MaxFrames + 2);

        Assert.Equal(Enumerable.Range(3, RecentFrames.MaxFrames).Select(offset => (long)offset), OffsetsAfter("e", 0));
    }

    [Fact]
    public void After_LongFrames_ReturnsTheNewestWithinMaxBytes()
    {
        const int Length = 4000;
        var message = new string('\u6F22', Length);
        for (var i = 0; i < RecentFrames.MaxFrames; i++)
            _memory.Add((epoch, offset) => new AdminNotice(ChannelName.Announcements, epoch, offset, message, "info", _time.GetUtcNow()));

        var kept = OffsetsAfter("e", 0).ToList();
        Assert.Equal(RecentFrames.MaxFrames, kept[^1]);
        Assert.InRange(kept.Count, RecentFrames.MaxBytes / (2 * Length) * 9 / 10, RecentFrames.MaxBytes / (2 * Length));
        Assert.Equal(Enumerable.Range((int)kept[0], kept.Count).Select(offset => (long)offset), kept);
    }

    [Fact]
    public void After_FramesOlderThanMaxAge_IsEmptyAndTheOffsetStays()
    {
        Add(1);
        _time.Advance(RecentFrames.MaxAge);
        Assert.Equal([1L], OffsetsAfter("e", 0));

        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Empty(OffsetsAfter("e", 0));
        Assert.Equal(1, _memory.Offset);
    }

    private void Add(int count)
    {
        for (var i = 0; i < count; i++)
            _memory.Add((epoch, offset) => new AdminNotice(ChannelName.Announcements, epoch, offset, "", "info", _time.GetUtcNow()));
    }

    private IEnumerable<long> OffsetsAfter(string? epoch, long offset) =>
        _memory.After(epoch, offset).Cast<DurableFrame>().Select(frame => frame.Offset);
}
