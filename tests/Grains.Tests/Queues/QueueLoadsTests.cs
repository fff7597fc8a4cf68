namespace JubileeVerse.Queues;

public sealed class QueueLoadsTests
{
    [Theory]
    [InlineData(100, 0.5, 200)]
    [InlineData(1, 50, 1)]
    [InlineData(30, 4, 8)]
    [InlineData(1_000_000, 2, 600)]
    [InlineData(5, 0, 600)]
    public void RetryAfter_SurplusAndRate_IsWhenTheSurplusIsServed(int surplus, double endedPerSecond, int expectedSeconds) =>
        Assert.Equal(TimeSpan.FromSeconds(expectedSeconds), QueueLoads.RetryAfter(new QueueLoad(0, endedPerSecond, false), surplus));

    [Fact]
    public void RefuseWhenFull_OneTooMany_NamesItsPositionAndWhenToComeBack()
    {
        var loads = new QueueLoads();
        Assert.Null(loads.RefuseWhenFull("q", 10));
        loads.Set("q", new QueueLoad(9, 2, false));
        Assert.Null(loads.RefuseWhenFull("q", 10));

        loads.Set("q", new QueueLoad(13, 2, false));

        var refusal = loads.RefuseWhenFull("q", 10)!;
        Assert.Equal((ErrorCode.QueueFull, TimeSpan.FromSeconds(2), 13), (refusal.Code, refusal.RetryAfter, refusal.Position));
    }
}
