using JubileeVerse.Realtime;
using JubileeVerse.Realtime.Outbox;
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
    public void Evaluate_TwoHeartbeatsMissed_IsUnreachable()
    {
        _liveness.MarkSeen(_id);
        _time.Advance(TimeSpan.FromSeconds(19));
        Assert.Empty(_liveness.Evaluate([Silent(19)]));

        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal([_id], _liveness.Evaluate([Silent(20)]));
        Assert.True(_liveness.IsUnreachable(_id));
    }

    /// <summary>The users of a dead gateway are offline after half a minute, including the watch period and the presence grace.</summary>
    [Fact]
    public void HeartbeatTimeout_WithWatchPeriodAndPresenceGrace_StaysWithinHalfAMinute()
    {
        var watch = TimeSpan.FromSeconds(5);
        Assert.True(GatewayLiveness.HeartbeatTimeout + watch <= TimeSpan.FromSeconds(30));
        Assert.True(GatewayLiveness.HeartbeatPeriod + new RealtimeOptions().PresenceGrace <= TimeSpan.FromSeconds(30));
    }

    [Fact]
    public void Evaluate_DirectoryMovedAndListsNoGateway_DeclaresNoneUnreachableForAMinute()
    {
        _liveness.Evaluate([Silent(0)]);
        for (var seconds = 0; seconds < 55; seconds += 5)
        {
            _time.Advance(TimeSpan.FromSeconds(5));
            Assert.Empty(_liveness.Evaluate([]));
        }

        _time.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal([_id], _liveness.Evaluate([]));
    }

    [Fact]
    public void Evaluate_SilentInTheDirectoryButSeenHere_IsReachable()
    {
        _liveness.Evaluate([Silent(0)]);
        _time.Advance(TimeSpan.FromSeconds(15));
        _liveness.MarkSeen(_id);
        _time.Advance(TimeSpan.FromSeconds(10));

        Assert.Empty(_liveness.Evaluate([Silent(25)]));
        Assert.Equal(TimeSpan.FromSeconds(10), _liveness.TimeSinceLastSeen(_id));
    }

    [Fact]
    public void Evaluate_UnreachableBefore_IsReturnedAgainUntilSeen()
    {
        _liveness.Evaluate([Silent(20)]);
        _time.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal([_id], _liveness.Evaluate([Silent(25)]));
        _time.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal([_id], _liveness.Evaluate([]));

        _liveness.MarkSeen(_id);

        Assert.False(_liveness.IsUnreachable(_id));
        Assert.Empty(_liveness.Evaluate([]));
    }

    [Fact]
    public void Evaluate_NextHeartbeat_MakesItReachableAgain()
    {
        _liveness.Evaluate([Silent(20)]);
        _time.Advance(TimeSpan.FromSeconds(5));

        Assert.Empty(_liveness.Evaluate([Silent(1)]));
        Assert.False(_liveness.IsUnreachable(_id));
    }

    [Fact]
    public void Evaluate_SilentForElevenMinutes_IsRemoved()
    {
        _liveness.MarkSeen(_id);
        _time.Advance(TimeSpan.FromMinutes(11));

        Assert.Empty(_liveness.Evaluate([]));
        Assert.Null(_liveness.TimeSinceLastSeen(_id));
    }

    private GatewayRegistration Silent(int seconds) =>
        new(_id, "gateway:3000", "1.0", _time.GetUtcNow(), IsDraining: false, Connections: 0, Users: 0, Observer: null!)
        {
            SilentFor = TimeSpan.FromSeconds(seconds),
        };
}
