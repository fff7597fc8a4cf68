using JubileeVerse.Errors;
using JubileeVerse.Grains.Tests.Queues.Histories;
using JubileeVerse.Queues;
using JubileeVerse.Testing.Storage;

namespace JubileeVerse.Grains.Tests.Queues.Operations;

public sealed class QueueOperationsTests(SqliteStore store) : IClassFixture<SqliteStore>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public Task SetPausedAsync_Resume_GrantsToTheWaitingPoll() => GrainScheduler.RunAsync(async () =>
    {
        await using var queue = await TestQueue.ActivateAsync(store);
        Assert.True((await queue.Parts.Operations.SetPausedAsync(true, Token)).Paused);
        var job = await queue.AddAsync();
        var poll = queue.PollAsync();

        Assert.False((await queue.Parts.Operations.SetPausedAsync(false, Token)).Paused);

        Assert.Equal(job, (await poll).Grants.Single().Job.Id);
    });

    [Fact]
    public Task ChangeLimitsAsync_OneLimit_KeepsTheOthersAndSurvivesAMove() => GrainScheduler.RunAsync(async () =>
    {
        var former = await TestQueue.ActivateAsync(store);
        var before = former.Parts.Context.State.Limits;
        var status = await former.Parts.Operations.ChangeLimitsAsync(new LimitsChange { Concurrency = new NewLimit(7) }, Token);
        Assert.Equal(before with { Concurrency = 7 }, status.Limits);

        await using var queue = await former.MoveAsync(store);

        Assert.Equal(before with { Concurrency = 7 }, queue.Parts.Context.State.Limits);
        await queue.Parts.Operations.ChangeLimitsAsync(new LimitsChange { Concurrency = new NewLimit(null) }, Token);
        Assert.Equal(before, queue.Parts.Context.State.Limits);
    });

    [Fact]
    public Task ChangeLimitsAsync_Zero_IsRejected() => GrainScheduler.RunAsync(async () =>
    {
        await using var queue = await TestQueue.ActivateAsync(store);

        var error = await Assert.ThrowsAsync<JubileeException>(() =>
            queue.Parts.Operations.ChangeLimitsAsync(new LimitsChange { StartsPerSecond = new NewLimit(0) }, Token));

        Assert.Equal(ErrorCode.InvalidRequest, error.Code);
    });
}
