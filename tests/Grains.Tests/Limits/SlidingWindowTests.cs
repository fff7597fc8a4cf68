using JubileeVerse.Limits;
using Microsoft.Extensions.Time.Testing;

namespace JubileeVerse.Grains.Tests.Limits;

public sealed class SlidingWindowTests
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly FakeTimeProvider _time = new();
    private readonly SlidingWindow _window;

    public SlidingWindowTests() => _window = new SlidingWindow(_time);

    [Fact]
    public void TryTake_UpToTheLimit_CountsDown()
    {
        Assert.Equal([2, 1, 0], Enumerable.Range(0, 3).Select(_ => _window.TryTake(3, Minute).Remaining));
        Assert.False(_window.TryTake(3, Minute).Granted);
    }

    [Fact]
    public void TryTake_Exhausted_SaysWhenTheOldestIsFree()
    {
        _window.TryTake(2, Minute);
        _time.Advance(TimeSpan.FromSeconds(20));
        _window.TryTake(2, Minute);

        Assert.Equal(new RateLimitResult(false, 0, TimeSpan.FromSeconds(40)), _window.TryTake(2, Minute));
    }

    [Fact]
    public void TryTake_AfterTheToldTime_IsGrantedOnceOnly()
    {
        _window.TryTake(2, Minute);
        _time.Advance(TimeSpan.FromSeconds(20));
        _window.TryTake(2, Minute);

        _time.Advance(_window.TryTake(2, Minute).ResetAfter);

        Assert.True(_window.TryTake(2, Minute).Granted);
        Assert.False(_window.TryTake(2, Minute).Granted);
    }

    [Fact]
    public void TryTake_AcrossAFixedWindowsEdge_NeverGrantsMoreThanTheLimit()
    {
        _time.Advance(TimeSpan.FromSeconds(59));
        for (var i = 0; i < 5; i++)
            _window.TryTake(5, Minute);
        _time.Advance(TimeSpan.FromSeconds(2));

        Assert.False(_window.TryTake(5, Minute).Granted);
    }

    [Fact]
    public void TryTake_Refused_TakesNothing()
    {
        _window.TryTake(1, Minute);
        for (var i = 0; i < 10; i++)
            _window.TryTake(1, Minute);
        _time.Advance(Minute);

        Assert.True(_window.TryTake(1, Minute).Granted);
    }

    [Fact]
    public void ExhaustedFor_PermitsLeft_IsNull()
    {
        _window.TryTake(2, Minute);

        Assert.Null(_window.ExhaustedFor(2, Minute));
        Assert.Equal(Minute, _window.ExhaustedFor(1, Minute));
    }
}
