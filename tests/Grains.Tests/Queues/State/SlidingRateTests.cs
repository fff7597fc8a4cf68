using CsCheck;
using JubileeVerse.Queues.State.Ranks;

namespace JubileeVerse.Grains.Tests.Queues.State;

public sealed class SlidingRateTests
{
    private const long WindowMs = 1_000;

    [Fact]
    public void TryStart_AcrossTwoWindows_NeverExceedsTheLimit()
    {
        var rate = new SlidingRate(50, WindowMs);
        Assert.Equal(50, Enumerable.Range(0, 91).Count(_ => rate.TryStart(999)));
        Assert.False(rate.TryStart(1_001));
        Assert.Equal(1_999, rate.NextFreeMs(1_001));
        Assert.True(rate.TryStart(1_999));
    }

    [Fact]
    public void TryStart_AnyHistoryAndLimitChanges_HoldsTheLimitInEveryWindow() =>
        Gen.Select(Gen.Int[0, 300], Gen.Int[1, 6], Gen.Int[0, 9]).Array[0, 200].Sample(steps =>
        {
            var rate = new SlidingRate(3, WindowMs);
            var starts = new List<long>();
            var now = 0L;
            foreach (var (passed, limit, kind) in steps)
            {
                now += passed;
                if (kind == 0) rate.Limit = limit;

                var inWindow = starts.Count(start => start > now - WindowMs);
                Assert.Equal(inWindow < rate.Limit, rate.NextFreeMs(now) == now);
                Assert.Equal(inWindow < rate.Limit, rate.TryStart(now));
                if (inWindow < rate.Limit) starts.Add(now);
            }
        });

    [Fact]
    public void NextFreeMs_LimitLowered_IsTheFirstFreeInstant() =>
        Gen.Select(Gen.Int[0, 400].Array[1, 30], Gen.Int[1, 5]).Sample((gaps, limit) =>
        {
            var rate = new SlidingRate(5, WindowMs);
            var now = 0L;
            foreach (var gap in gaps) rate.TryStart(now += gap);
            rate.Limit = limit;

            var free = rate.NextFreeMs(now);
            if (free > now) Assert.False(rate.TryStart(free - 1));
            Assert.True(rate.TryStart(free));
        });

    [Fact]
    public void TryStart_ClockSetBack_WaitsAtMostOneWindow()
    {
        var rate = new SlidingRate(2, WindowMs);
        rate.TryStart(3_600_000);
        rate.TryStart(3_600_400);
        Assert.False(rate.TryStart(10_000));

        Assert.Equal(10_600, rate.NextFreeMs(10_000));
        Assert.True(rate.TryStart(10_600));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public void Limit_BelowOne_IsRefused(int limit)
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new SlidingRate(limit, WindowMs));
        Assert.Throws<ArgumentOutOfRangeException>(() => new SlidingRate(1, WindowMs).Limit = limit);
    }
}
