using JubileeVerse.Realtime;
using Microsoft.Extensions.Time.Testing;

namespace JubileeVerse.Grains.Tests.Realtime;

public sealed class LinkClosingsTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly LinkClosings _closings;

    public LinkClosingsTests() => _closings = new LinkClosings(_time);

    [Fact]
    public void CodeOf_ASessionThatHasEnded_IsItsCodeAlsoForALinkThatComesLater()
    {
        _closings.Add(4201, "ended", []);
        _time.Advance(TimeSpan.FromSeconds(10));

        Assert.Equal(4201, _closings.CodeOf(Link("late", "ended")));
        Assert.Null(_closings.CodeOf(Link("other", "alive")));
        Assert.Null(_closings.CodeOf(Link("unknown", null)));
    }

    /// <summary>It has shown a newer token, and the one that it had before was signed out of.</summary>
    [Fact]
    public void CodeOf_ALinkThatWasOfAnEndedSessionAndIsOfAnother_Stays()
    {
        _closings.Add(4201, "ended", ["renewed"]);

        Assert.Null(_closings.CodeOf(Link("renewed", "alive")));
        Assert.Equal(4201, _closings.CodeOf(Link("renewed", "ended")));
    }

    [Fact]
    public void CodeOf_AllWereClosed_ThoseThatCameBeforeAreAndLaterOnesAreNot()
    {
        var before = Link("before", "s");
        _closings.Add(4301, null, []);
        _time.Advance(TimeSpan.FromMilliseconds(1));

        Assert.Equal(4301, _closings.CodeOf(before));
        Assert.Null(_closings.CodeOf(Link("after", "s")));
    }

    /// <summary>A gateway whose clock is ahead says that its link came later.</summary>
    [Fact]
    public void CodeOf_ALinkThatWasKnown_IsClosedWhateverItsClockSays()
    {
        var ahead = Link("ahead", "s") with { ConnectedAt = _time.GetUtcNow().AddSeconds(5) };
        _closings.Add(4301, null, ["ahead"]);

        Assert.Equal(4301, _closings.CodeOf(ahead));
    }

    [Fact]
    public void CodeOf_AfterAMinute_IsForgotten()
    {
        _closings.Add(4201, "ended", []);
        _time.Advance(LinkClosings.Remembered);
        Assert.Equal(4201, _closings.CodeOf(Link("a", "ended")));

        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Null(_closings.CodeOf(Link("a", "ended")));
    }

    [Fact]
    public void CodeOf_ClosedTwice_IsTheLastCode()
    {
        _closings.Add(4301, null, ["a"]);
        _closings.Add(4302, null, ["a"]);

        Assert.Equal(4302, _closings.CodeOf(Link("a", "s")));
    }

    [Fact]
    public void Add_MoreThanAreRemembered_ForgetsTheOldest()
    {
        for (var i = 0; i <= LinkClosings.MaxCount; i++)
            _closings.Add(4201, $"s{i}", []);

        Assert.Null(_closings.CodeOf(Link("a", "s0")));
        Assert.Equal(4201, _closings.CodeOf(Link("a", "s1")));
    }

    private UserLink Link(string id, string? session) => new(id, LinkTransport.Hub, session, _time.GetUtcNow());
}
