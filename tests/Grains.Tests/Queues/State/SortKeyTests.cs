using JubileeVerse.Queues.State;
using JubileeVerse.Queues.State.Ranks;

namespace JubileeVerse.Grains.Tests.Queues.State;

public sealed class SortKeyTests
{
    private const long Accepted = 1_000_000;

    [Theory]
    [InlineData(1, 0, 1, 0)]
    [InlineData(5, 0, 1, 8_000)]
    [InlineData(10, 0, 1, 18_000)]
    [InlineData(1, 1, 1, 5_000)]
    [InlineData(1, 3, 3, 5_000)]
    [InlineData(2, 3, 1, 17_000)]
    [InlineData(1, 1, 0, 5_000)]
    public void Compute_PriorityOpenCostAndWeight_AddToTheAcceptanceTime(int priority, int openCost, int weight, long expectedAfterMs) =>
        Assert.Equal(Accepted + expectedAfterMs, SortKey.Compute(Accepted, priority, openCost, weight, QueueRules.Default));

    [Fact]
    public void Compute_AMillionOpenJobsOfTheHighestCost_DoesNotOverflow() =>
        Assert.Equal(5_000_000_000 * ushort.MaxValue, SortKey.Compute(0, 1, 1_000_000L * ushort.MaxValue, 1, QueueRules.Default));
}
