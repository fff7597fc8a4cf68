using JubileeVerse.Realtime.Presence;
using Microsoft.Extensions.Time.Testing;

namespace JubileeVerse.Grains.Tests.Realtime;

public sealed class OnlineStateTests
{
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(15);

    private readonly FakeTimeProvider _time = new();
    private readonly OnlineState _state;

    public OnlineStateTests() => _state = new OnlineState(Grace, _time);

    [Fact]
    public void MarkConnected_FirstConnection_IsTrueOnce()
    {
        Assert.True(_state.MarkConnected());
        Assert.False(_state.MarkConnected());
        Assert.True(_state.IsOnline);
    }

    [Fact]
    public void MarkDisconnected_ForLessThanTheGrace_StaysOnline()
    {
        _state.MarkConnected();
        _state.MarkDisconnected();
        _time.Advance(TimeSpan.FromSeconds(14));
        Assert.False(_state.TryExpire());

        Assert.False(_state.MarkConnected());
        _time.Advance(Grace);
        Assert.False(_state.TryExpire());
        Assert.Null(_state.TimeUntilOffline);
    }

    [Fact]
    public void MarkDisconnected_Again_DoesNotRestartTheGrace()
    {
        _state.MarkConnected();
        _state.MarkDisconnected();
        _time.Advance(TimeSpan.FromSeconds(10));
        _state.MarkDisconnected();

        Assert.Equal(TimeSpan.FromSeconds(5), _state.TimeUntilOffline);
        _time.Advance(TimeSpan.FromSeconds(5));
        Assert.True(_state.TryExpire());
        Assert.False(_state.TryExpire());
        Assert.False(_state.IsOnline);
    }

    [Fact]
    public void MarkDisconnected_LongerAgoThanTheGrace_ExpiresAtOnce()
    {
        _state.MarkConnected();
        _state.MarkDisconnected(-Grace);

        Assert.Equal(TimeSpan.Zero, _state.TimeUntilOffline);
        Assert.True(_state.TryExpire());
    }

    [Fact]
    public void MarkDisconnected_UserWasNotOnline_HasNoEffect()
    {
        _state.MarkDisconnected();

        Assert.Null(_state.TimeUntilOffline);
        Assert.False(_state.TryExpire());
    }
}
