namespace JubileeVerse.Queues;

public sealed class QueueLoadsTests
{
    private readonly QueueLoads _loads = new();

    [Theory]
    [InlineData(100, 0.5, 200)]
    [InlineData(1, 50, 1)]
    [InlineData(30, 4, 8)]
    [InlineData(1_000_000, 2, 600)]
    [InlineData(5, 0, 600)]
    public void RetryAfter_SurplusAndRate_IsWhenTheSurplusIsServed(int surplus, double endedPerSecond, int expectedSeconds) =>
        Assert.Equal(TimeSpan.FromSeconds(expectedSeconds), QueueLoads.RetryAfter(new QueueLoad(0, endedPerSecond, false), surplus));

    [Fact]
    public void Enter_OneTooMany_NamesItsPositionAndWhenToComeBack()
    {
        _loads.Set("q", new QueueLoad(9, 2, false));
        Assert.Null(_loads.Enter("q", 1, maxOpen: 10));
        _loads.Set("q", new QueueLoad(12, 2, false));

        var refusal = _loads.Enter("q", 1, maxOpen: 10)!;

        Assert.Equal((ErrorCode.QueueFull, TimeSpan.FromSeconds(2), 13), (refusal.Code, refusal.RetryAfter, refusal.Position));
    }

    [Fact]
    public void Enter_ABurstBetweenTwoPolls_IsCounted()
    {
        _loads.Set("q", new QueueLoad(6, 2, false));
        Assert.Null(_loads.Enter("q", 3, maxOpen: 10));
        _loads.Leave("q", 3, isStored: true);
        Assert.NotNull(_loads.Enter("q", 2, maxOpen: 10));

        Assert.Null(_loads.Enter("q", 1, maxOpen: 10));

        Assert.NotNull(_loads.Enter("q", 1, maxOpen: 10));
    }

    [Fact]
    public void Enter_BeforeTheFirstPoll_IsCounted()
    {
        Assert.Null(_loads.Enter("q", 2, maxOpen: 2));

        Assert.NotNull(_loads.Enter("q", 1, maxOpen: 2));
    }

    [Fact]
    public void Leave_WhatWasNotStored_MakesRoomAgain()
    {
        Assert.Null(_loads.Enter("q", 2, maxOpen: 2));

        _loads.Leave("q", 2, isStored: false);

        Assert.Null(_loads.Enter("q", 2, maxOpen: 2));
    }

    [Fact]
    public void Set_WhatWasOffered_IsInWhatTheQueueSaysAndTheRestIsNot()
    {
        Assert.Null(_loads.Enter("q", 2, maxOpen: 5));
        _loads.Leave("q", 2, isStored: true);
        Assert.Null(_loads.Enter("q", 1, maxOpen: 5));

        _loads.Set("q", new QueueLoad(2, 0, false));

        Assert.NotNull(_loads.Enter("q", 3, maxOpen: 5));
        Assert.Null(_loads.Enter("q", 2, maxOpen: 5));
    }
}
