using JubileeVerse.Realtime;
using JubileeVerse.Realtime.Presence;
using Microsoft.Extensions.Time.Testing;

namespace JubileeVerse.Grains.Tests.Realtime;

public sealed class RecentClosesTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly RecentCloses _closes;

    public RecentClosesTests() => _closes = new RecentCloses(_time);

    [Fact]
    public void FindCode_EndedSession_AppliesToLaterConnectionsToo()
    {
        _closes.Add(4201, "ended", []);
        _time.Advance(TimeSpan.FromSeconds(10));

        Assert.Equal(4201, _closes.FindCode(Connection("late", "ended")));
        Assert.Null(_closes.FindCode(Connection("other", "alive")));
        Assert.Null(_closes.FindCode(Connection("unknown", null)));
    }

    /// <summary>The client has presented a token of another session, and the session of its former token has ended.</summary>
    [Fact]
    public void FindCode_ConnectionChangedToAnotherSession_IsNull()
    {
        _closes.Add(4201, "ended", ["renewed"]);

        Assert.Null(_closes.FindCode(Connection("renewed", "alive")));
        Assert.Equal(4201, _closes.FindCode(Connection("renewed", "ended")));
    }

    [Fact]
    public void FindCode_AllClosed_AppliesToEarlierConnectionsOnly()
    {
        var before = Connection("before", "s");
        _closes.Add(4301, null, []);
        _time.Advance(TimeSpan.FromMilliseconds(1));

        Assert.Equal(4301, _closes.FindCode(before));
        Assert.Null(_closes.FindCode(Connection("after", "s")));
    }

    /// <summary>A gateway whose clock is ahead reports a connection time after the close.</summary>
    [Fact]
    public void FindCode_KnownConnectionWithALaterTimestamp_IsTheCode()
    {
        var ahead = Connection("ahead", "s") with { ConnectedAt = _time.GetUtcNow().AddSeconds(5) };
        _closes.Add(4301, null, ["ahead"]);

        Assert.Equal(4301, _closes.FindCode(ahead));
    }

    [Fact]
    public void FindCode_AfterTheRetention_IsNull()
    {
        _closes.Add(4201, "ended", []);
        _time.Advance(RecentCloses.Retention);
        Assert.Equal(4201, _closes.FindCode(Connection("a", "ended")));

        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Null(_closes.FindCode(Connection("a", "ended")));
    }

    [Fact]
    public void FindCode_ClosedTwice_IsTheLastCode()
    {
        _closes.Add(4301, null, ["a"]);
        _closes.Add(4302, null, ["a"]);

        Assert.Equal(4302, _closes.FindCode(Connection("a", "s")));
    }

    [Fact]
    public void Add_MoreThanMaxCount_RemovesTheOldest()
    {
        for (var i = 0; i <= RecentCloses.MaxCount; i++)
            _closes.Add(4201, $"s{i}", []);

        Assert.Null(_closes.FindCode(Connection("a", "s0")));
        Assert.Equal(4201, _closes.FindCode(Connection("a", "s1")));
    }

    private UserConnection Connection(string id, string? session) => new(id, ConnectionTransport.Hub, session, _time.GetUtcNow());
}
