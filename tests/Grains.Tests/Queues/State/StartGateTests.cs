using JubileeVerse.Queues.State;
using JubileeVerse.Queues.State.Leases;

namespace JubileeVerse.Grains.Tests.Queues.State;

public sealed class StartGateTests
{
    private readonly StartGate _gate = new(QueueRules.Default, startsPerSecond: 2, paused: false);

    [Fact]
    public void NextMs_Paused_IsNull()
    {
        _gate.Paused = true;

        Assert.Null(_gate.NextMs(0));
        Assert.False(_gate.TryStart(0));
    }

    [Fact]
    public void HoldFor_TwoHolds_KeepsTheLongest()
    {
        _gate.HoldFor(TimeSpan.FromSeconds(10), 0);
        _gate.HoldFor(TimeSpan.FromSeconds(1), 5_000);

        Assert.Equal(10_000, _gate.NextMs(6_000));
        Assert.False(_gate.TryStart(9_999));
        Assert.True(_gate.TryStart(10_000));
    }

    [Theory]
    [InlineData(null, 1_000)]
    [InlineData(-5, 0)]
    [InlineData(864_000, 3_600_000)]
    public void HoldFor_NullOrExtremeDelay_IsBounded(int? seconds, long expectedMs)
    {
        _gate.HoldFor(seconds is { } s ? TimeSpan.FromSeconds(s) : null, 0);

        Assert.Equal(expectedMs, _gate.NextMs(0));
    }

    [Fact]
    public void AwaitWorkers_AllWorkersPolledAtOnce_StillWaitsOneRateWindow()
    {
        _gate.AwaitWorkers(500);
        Assert.Equal(2_500, _gate.NextMs(600));

        _gate.AllWorkersPolled();

        Assert.Equal(1_500, _gate.NextMs(600));
    }

    [Fact]
    public void AllWorkersPolled_NotAwaited_HoldsNothing()
    {
        _gate.AllWorkersPolled();

        Assert.Equal(7, _gate.NextMs(7));
    }

    [Fact]
    public void ClockSetBack_DuringAHold_KeepsItsLength()
    {
        _gate.HoldFor(TimeSpan.FromSeconds(10), 3_600_000);
        _gate.ClockSetBack(3_600_000);

        Assert.Equal(10_000, _gate.NextMs(0));
    }
}
