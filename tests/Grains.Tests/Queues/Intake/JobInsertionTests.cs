using JubileeVerse.Errors;
using JubileeVerse.Grains.Tests.Queues.Histories;
using JubileeVerse.Queues.Configuration;
using JubileeVerse.Queues.Jobs;
using JubileeVerse.Storage;
using JubileeVerse.Testing.Storage;

namespace JubileeVerse.Grains.Tests.Queues.Intake;

/// <summary>Jobs that the queue inserts or is offered: capacity, failed writes, and waiting for an end.</summary>
public sealed class JobInsertionTests(SqliteStore store) : IClassFixture<SqliteStore>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Jobs whose rows are being written count against the capacity, because concurrent calls would exceed it.</summary>
    [Fact]
    public Task AddAsync_ConcurrentCalls_CountAgainstTheCapacity() => GrainScheduler.RunAsync(async () =>
    {
        await using var queue = await TestQueue.ActivateAsync(store, new QueueOptions { MaxOpen = 1 });
        var first = queue.AddAsync();

        var refusal = await Assert.ThrowsAsync<JubileeException>(() => queue.AddAsync());

        Assert.Equal(ErrorCode.QueueFull, refusal.Code);
        Assert.NotNull(refusal.RetryAfter);
        Assert.Equal(JobState.Waiting, queue.Parts.Context.StatusOf(await first)!.State);
    });

    [Fact]
    public Task AddAsync_WriteFails_AddsNothingAndRetires() => GrainScheduler.RunAsync(async () =>
    {
        await using var queue = await TestQueue.ActivateAsync(store, new QueueOptions { MaxOpen = 1 });
        queue.IsFailing = true;

        await Assert.ThrowsAsync<StaleWriterException>(() => queue.AddAsync());

        Assert.Equal(0, queue.Parts.Context.State.OpenCount);
        Assert.Equal(1, queue.Deactivations);
        queue.IsFailing = false;
        await queue.AddAsync(); // The failed job no longer counts against the capacity.
    });

    [Fact]
    public Task AddAsync_SameKeyTwice_AddsOneJob() => GrainScheduler.RunAsync(async () =>
    {
        await using var queue = await TestQueue.ActivateAsync(store);
        var job = new NewJob("job", "{}") { DedupKey = "key" };

        var first = (await queue.Parts.Intake.AddAsync([job])).Single();
        var second = (await queue.Parts.Intake.AddAsync([job])).Single();

        Assert.Equal((false, true), (first.IsDuplicate, second.IsDuplicate));
        Assert.Equal(first.Id, second.Id);
        Assert.Equal(1, queue.Parts.Context.State.OpenCount);
    });

    [Fact]
    public Task Offer_SameJobTwice_TakesItInOnce() => GrainScheduler.RunAsync(async () =>
    {
        await using var queue = await TestQueue.ActivateAsync(store);
        var job = TestJobs.Job("offered");

        Assert.Equal(1, queue.Parts.Intake.Offer([job]).Single().Position);
        Assert.Equal(1, queue.Parts.Intake.Offer([job]).Single().Position);

        Assert.Equal(1, queue.Parts.Context.State.OpenCount);
    });

    [Fact]
    public Task WaitAsync_OpenJob_ReturnsItsStateAfterTheTimeout() => GrainScheduler.RunAsync(async () =>
    {
        await using var queue = await TestQueue.ActivateAsync(store);
        var wait = queue.Parts.Intake.WaitAsync(await queue.AddAsync(), Token);

        queue.Time.Advance(TimeSpan.FromSeconds(25));

        Assert.Equal(JobState.Waiting, await wait);
    });

    [Fact]
    public Task WaitAsync_UnknownJob_ReturnsNull() => GrainScheduler.RunAsync(async () =>
    {
        await using var queue = await TestQueue.ActivateAsync(store);

        Assert.Null(await queue.Parts.Intake.WaitAsync(new JobId("unknown"), Token));
    });
}
