using JubileeVerse.Realtime;
using Microsoft.Extensions.Time.Testing;

namespace JubileeVerse.Grains.Tests.Realtime;

public sealed class OnlineStateTests
{
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(15);

    private readonly FakeTimeProvider _time = new();
    private readonly OnlineState _state;

    public OnlineStateTests() => _state = new OnlineState(Grace, _time);

    [Fact]
    public void Here_FirstLink_HasComeOnce()
    {
        Assert.True(_state.Here());
        Assert.False(_state.Here());
        Assert.True(_state.IsOnline);
    }

    [Fact]
    public void Gone_ForLessThanTheGrace_WasNeverAway()
    {
        _state.Here();
        _state.Gone();
        _time.Advance(TimeSpan.FromSeconds(14));
        Assert.False(_state.Leave());

        Assert.False(_state.Here());
        _time.Advance(Grace);
        Assert.False(_state.Leave());
        Assert.Null(_state.DueIn);
    }

    [Fact]
    public void Gone_SaidAgain_DoesNotBeginAnew()
    {
        _state.Here();
        _state.Gone();
        _time.Advance(TimeSpan.FromSeconds(10));
        _state.Gone();

        Assert.Equal(TimeSpan.FromSeconds(5), _state.DueIn);
        _time.Advance(TimeSpan.FromSeconds(5));
        Assert.True(_state.Leave());
        Assert.False(_state.Leave());
        Assert.False(_state.IsOnline);
    }

    [Fact]
    public void Gone_LongerAgoThanTheGrace_IsDueAtOnce()
    {
        _state.Here();
        _state.Gone(-Grace);

        Assert.Equal(TimeSpan.Zero, _state.DueIn);
        Assert.True(_state.Leave());
    }

    [Fact]
    public void Gone_OfSomebodyWhoWasNotThere_IsNothing()
    {
        _state.Gone();

        Assert.Null(_state.DueIn);
        Assert.False(_state.Leave());
    }
}
