using JubileeVerse.Realtime;
using Microsoft.Extensions.Time.Testing;

namespace JubileeVerse.Grains.Tests.Realtime;

public sealed class GatewayLivenessTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly GatewayLiveness _liveness;
    private readonly GatewayId _id;

    public GatewayLivenessTests()
    {
        _liveness = new GatewayLiveness(_time);
        _id = GatewayId.New(_time);
    }

    [Fact]
    public void Judge_TwoHeartbeatsMissed_IsLost()
    {
        _liveness.Heard(_id);
        _time.Advance(TimeSpan.FromSeconds(19));
        Assert.Empty(_liveness.Judge([Silent(19)]));

        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal([_id], _liveness.Judge([Silent(20)]));
        Assert.True(_liveness.IsLost(_id));
    }

    /// <summary>What remains of the half minute within which their people go offline is for the watch's period and the grace.</summary>
    [Fact]
    public void Patience_AndTheWatchAndTheGrace_AreWithinHalfAMinute()
    {
        var watch = TimeSpan.FromSeconds(5);
        Assert.True(GatewayLiveness.Patience + watch <= TimeSpan.FromSeconds(30));
        Assert.True(GatewayLiveness.Heartbeat + new RealtimeOptions().PresenceGrace <= TimeSpan.FromSeconds(30));
    }

    [Fact]
    public void Judge_TheDirectoryHasMovedAndListsNobody_KillsNobodyForAMinute()
    {
        _liveness.Judge([Silent(0)]);
        for (var seconds = 0; seconds < 55; seconds += 5)
        {
            _time.Advance(TimeSpan.FromSeconds(5));
            Assert.Empty(_liveness.Judge([]));
        }

        _time.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal([_id], _liveness.Judge([]));
    }

    [Fact]
    public void Judge_SilentToTheDirectoryAndHeardHere_IsAlive()
    {
        _liveness.Judge([Silent(0)]);
        _time.Advance(TimeSpan.FromSeconds(15));
        _liveness.Heard(_id);
        _time.Advance(TimeSpan.FromSeconds(10));

        Assert.Empty(_liveness.Judge([Silent(25)]));
        Assert.Equal(TimeSpan.FromSeconds(10), _liveness.SilentFor(_id));
    }

    [Fact]
    public void Judge_LostBefore_IsNamedAgainUntilItIsHeard()
    {
        _liveness.Judge([Silent(20)]);
        _time.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal([_id], _liveness.Judge([Silent(25)]));
        _time.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal([_id], _liveness.Judge([]));

        _liveness.Heard(_id);

        Assert.False(_liveness.IsLost(_id));
        Assert.Empty(_liveness.Judge([]));
    }

    [Fact]
    public void Judge_ItsNextHeartbeat_BringsItBack()
    {
        _liveness.Judge([Silent(20)]);
        _time.Advance(TimeSpan.FromSeconds(5));

        Assert.Empty(_liveness.Judge([Silent(1)]));
        Assert.False(_liveness.IsLost(_id));
    }

    [Fact]
    public void Judge_LongGone_IsForgotten()
    {
        _liveness.Heard(_id);
        _time.Advance(TimeSpan.FromMinutes(11));

        Assert.Empty(_liveness.Judge([]));
        Assert.Null(_liveness.SilentFor(_id));
    }

    private GatewayRegistration Silent(int seconds) =>
        new(_id, "gateway:3000", "1.0", _time.GetUtcNow(), IsDraining: false, Connections: 0, Users: 0, Observer: null!)
        {
            SilentFor = TimeSpan.FromSeconds(seconds),
        };
}
