using JubileeVerse.Queues.State.Jobs;
using JubileeVerse.Queues.State.Retention;

namespace JubileeVerse.Grains.Tests.Queues.State;

public sealed class EndedJobsTests
{
    private static readonly CompactId Id = CompactId.From("a");
    private readonly EndedJobs _ended = new(keptMs: 1_000);

    [Fact]
    public void RemoveExpired_AfterTheRetention_RemovesTheId()
    {
        _ended.Add(Id, 0);
        _ended.RemoveExpired(1_000);
        Assert.True(_ended.Contains(Id));

        _ended.RemoveExpired(1_001);

        Assert.False(_ended.Contains(Id));
        Assert.Equal(0, _ended.Count);
    }

    [Fact]
    public void RemoveExpired_EndedAgainAfterRetry_CountsFromTheLatestEnd()
    {
        _ended.Add(Id, 0);
        _ended.Remove(Id);
        Assert.False(_ended.Contains(Id));
        _ended.Add(Id, 900);

        _ended.RemoveExpired(1_500);

        Assert.True(_ended.Contains(Id));
    }
}
