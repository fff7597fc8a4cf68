using JubileeVerse.Errors;
using JubileeVerse.Grains.Tests.Accounts;
using JubileeVerse.Limits;

namespace JubileeVerse.Grains.Tests.Limits;

public sealed class RateLimitGrainTests(SqliteAccountCluster cluster) : IClassFixture<SqliteAccountCluster>
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task AcquireAsync_Exhausted_IsGrantedAgainAfterResetAfter()
    {
        var grain = cluster.Grains.GetGrain<IRateLimitGrain>("writes:192.0.2.1");
        await grain.AcquireAsync(2, Minute, Cancellation);
        await grain.AcquireAsync(2, Minute, Cancellation);

        var refused = await grain.AcquireAsync(2, Minute, Cancellation);
        cluster.Time.Advance(refused.ResetAfter);

        Assert.False(refused.Granted);
        Assert.True((await grain.AcquireAsync(2, Minute, Cancellation)).Granted);
    }

    [Fact]
    public async Task AcquireAsync_TwoSubjects_DoNotShare()
    {
        await cluster.Grains.GetGrain<IRateLimitGrain>("writes:192.0.2.2").AcquireAsync(1, Minute, Cancellation);

        var other = await cluster.Grains.GetGrain<IRateLimitGrain>("writes:192.0.2.3").AcquireAsync(1, Minute, Cancellation);

        Assert.True(other.Granted);
    }

    [Theory]
    [InlineData(0, 60)]
    [InlineData(1, 0)]
    [InlineData(1, 100_000)]
    public async Task AcquireAsync_LimitOrWindowOutOfRange_IsInvalid(int limit, int seconds)
    {
        var grain = cluster.Grains.GetGrain<IRateLimitGrain>("nonsense");

        await Assert.ThrowsAsync<JubileeException>(() => grain.AcquireAsync(limit, TimeSpan.FromSeconds(seconds), Cancellation).AsTask());
    }
}
