using JubileeVerse.Queues.State.Ranks;

namespace JubileeVerse.Grains.Tests.Queues.State;

public sealed class ServiceRateTests
{
    private const long Start = 1_700_000_000_000;
    private readonly ServiceRate _rate = new();

    [Fact]
    public void EtaSeconds_NothingMeasured_IsNull() => Assert.Null(_rate.EtaSeconds(1, Start));

    [Fact]
    public void EtaSeconds_SteadyRate_IsPositionDividedByRate()
    {
        for (var second = 0; second < 60; second++)
        {
            _rate.Ended(Start + (second * 1_000));
            _rate.Ended(Start + (second * 1_000) + 500);
        }

        Assert.Equal(2.0, _rate.EndedPerSecond(Start + 59_500));
        Assert.Equal(50, _rate.EtaSeconds(100, Start + 59_500));
        Assert.Equal(1, _rate.EtaSeconds(1, Start + 59_500));
    }

    [Fact]
    public void EndedPerSecond_BurstAfterIdleness_IsMeasuredFromTheBurst()
    {
        _rate.Ended(Start);
        var burst = Start + 3_600_000;
        for (var i = 0; i < 10; i++) _rate.Ended(burst + (i * 100));

        Assert.Equal(10.0, _rate.EndedPerSecond(burst + 950));
    }

    [Fact]
    public void StartedPerSecond_AMinuteLater_IsZero()
    {
        _rate.Started(Start);
        Assert.Equal(1.0, _rate.StartedPerSecond(Start));
        Assert.Equal(1.0 / 60, _rate.StartedPerSecond(Start + 59_000));
        Assert.Equal(0, _rate.StartedPerSecond(Start + 60_000));
    }

    [Fact]
    public void Ended_ClockSetBack_KeepsMeasuring()
    {
        _rate.Ended(Start);
        _rate.Ended(Start - 5_000);
        Assert.Equal(2.0, _rate.EndedPerSecond(Start - 5_000));

        _rate.Ended(Start - 3_600_000);

        Assert.Equal(1.0, _rate.EndedPerSecond(Start - 3_600_000));
    }

    [Fact]
    public void EtaSeconds_FarPosition_IsBounded()
    {
        _rate.Ended(Start);
        Assert.True(_rate.EtaSeconds(int.MaxValue, Start + 59_000) > 0);
    }
}
