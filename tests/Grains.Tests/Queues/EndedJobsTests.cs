using JubileeVerse.Queues.State;

namespace JubileeVerse.Queues;

public sealed class EndedJobsTests
{
    private static readonly CompactId Id = CompactId.Of("a");
    private readonly EndedJobs _ended = new(keptMs: 1_000);

    [Fact]
    public void Forget_AfterTheTime_LetsTheIdGo()
    {
        _ended.Add(Id, 0);
        _ended.Forget(1_000);
        Assert.True(_ended.Contains(Id));

        _ended.Forget(1_001);

        Assert.False(_ended.Contains(Id));
        Assert.Equal(0, _ended.Count);
    }

    [Fact]
    public void Forget_EndedAgainAfterARetry_CountsFromTheLastEnd()
    {
        _ended.Add(Id, 0);
        _ended.Remove(Id);
        Assert.False(_ended.Contains(Id));
        _ended.Add(Id, 900);

        _ended.Forget(1_500);

        Assert.True(_ended.Contains(Id));
    }
}
