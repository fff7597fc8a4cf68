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
    public void TryAcquire_UpToTheLimit_CountsDown()
    {
        Assert.Equal([2, 1, 0], Enumerable.Range(0, 3).Select(_ => _window.TryAcquire(3, Minute).Remaining));
        Assert.False(_window.TryAcquire(3, Minute).Granted);
    }

    [Fact]
    public void TryAcquire_Exhausted_ReturnsTheTimeUntilTheOldestPermitExpires()
    {
        _window.TryAcquire(2, Minute);
        _time.Advance(TimeSpan.FromSeconds(20));
        _window.TryAcquire(2, Minute);

        Assert.Equal(new RateLimitResult(false, 0, TimeSpan.FromSeconds(40)), _window.TryAcquire(2, Minute));
    }

    [Fact]
    public void TryAcquire_AfterResetAfter_IsGrantedOnceOnly()
    {
        _window.TryAcquire(2, Minute);
        _time.Advance(TimeSpan.FromSeconds(20));
        _window.TryAcquire(2, Minute);

        _time.Advance(_window.TryAcquire(2, Minute).ResetAfter);

        Assert.True(_window.TryAcquire(2, Minute).Granted);
        Assert.False(_window.TryAcquire(2, Minute).Granted);
    }

    [Fact]
    public void TryAcquire_AcrossAFixedWindowsEdge_NeverGrantsMoreThanTheLimit()
    {
        _time.Advance(TimeSpan.FromSeconds(59));
        for (var i = 0; i < 5; i++)
            _window.TryAcquire(5, Minute);
        _time.Advance(TimeSpan.FromSeconds(2));

        Assert.False(_window.TryAcquire(5, Minute).Granted);
    }

    [Fact]
    public void TryAcquire_Refused_TakesNothing()
    {
        _window.TryAcquire(1, Minute);
        for (var i = 0; i < 10; i++)
            _window.TryAcquire(1, Minute);
        _time.Advance(Minute);

        Assert.True(_window.TryAcquire(1, Minute).Granted);
    }

    [Fact]
    public void GetRetryAfter_PermitsLeft_IsNull()
    {
        _window.TryAcquire(2, Minute);

        Assert.Null(_window.GetRetryAfter(2, Minute));
        Assert.Equal(Minute, _window.GetRetryAfter(1, Minute));
    }
}
