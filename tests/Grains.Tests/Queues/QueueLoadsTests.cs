using JubileeVerse.Queues;

namespace JubileeVerse.Grains.Tests.Queues;

public sealed class QueueLoadsTests
{
    private readonly QueueLoads _loads = new();

    [Theory]
    [InlineData(100, 0.5, 200)]
    [InlineData(1, 50, 1)]
    [InlineData(30, 4, 8)]
    [InlineData(1_000_000, 2, 600)]
    [InlineData(5, 0, 600)]
    public void RetryAfter_SurplusAndRate_IsTheTimeToServeTheSurplus(int surplus, double endedPerSecond, int expectedSeconds) =>
        Assert.Equal(TimeSpan.FromSeconds(expectedSeconds), QueueLoads.RetryAfter(new QueueLoad(0, endedPerSecond, false), surplus));

    [Fact]
    public void Reserve_OneTooMany_ReturnsItsPositionAndRetryAfter()
    {
        _loads.Update("q", new QueueLoad(9, 2, false));
        Assert.Null(_loads.Reserve("q", 1, maxOpen: 10));
        _loads.Update("q", new QueueLoad(12, 2, false));

        var refusal = _loads.Reserve("q", 1, maxOpen: 10)!;

        Assert.Equal((ErrorCode.QueueFull, TimeSpan.FromSeconds(2), 13), (refusal.Code, refusal.RetryAfter, refusal.Position));
    }

    [Fact]
    public void Reserve_BurstBetweenTwoPolls_IsCounted()
    {
        _loads.Update("q", new QueueLoad(6, 2, false));
        Assert.Null(_loads.Reserve("q", 3, maxOpen: 10));
        _loads.Release("q", 3, isStored: true);
        Assert.NotNull(_loads.Reserve("q", 2, maxOpen: 10));

        Assert.Null(_loads.Reserve("q", 1, maxOpen: 10));

        Assert.NotNull(_loads.Reserve("q", 1, maxOpen: 10));
    }

    [Fact]
    public void Reserve_BeforeTheFirstPoll_IsCounted()
    {
        Assert.Null(_loads.Reserve("q", 2, maxOpen: 2));

        Assert.NotNull(_loads.Reserve("q", 1, maxOpen: 2));
    }

    [Fact]
    public void Release_JobsNotStored_FreesTheirCapacity()
    {
        Assert.Null(_loads.Reserve("q", 2, maxOpen: 2));

        _loads.Release("q", 2, isStored: false);

        Assert.Null(_loads.Reserve("q", 2, maxOpen: 2));
    }

    [Fact]
    public void Update_ReportedLoad_IncludesStoredJobsAndNotReservedOnes()
    {
        Assert.Null(_loads.Reserve("q", 2, maxOpen: 5));
        _loads.Release("q", 2, isStored: true);
        Assert.Null(_loads.Reserve("q", 1, maxOpen: 5));

        _loads.Update("q", new QueueLoad(2, 0, false));

        Assert.NotNull(_loads.Reserve("q", 3, maxOpen: 5));
        Assert.Null(_loads.Reserve("q", 2, maxOpen: 5));
    }
}
