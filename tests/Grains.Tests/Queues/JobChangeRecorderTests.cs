using JubileeVerse.Grains.Tests.Queues.Completion;
using JubileeVerse.Grains.Tests.Queues.Histories;
using JubileeVerse.Queues.Jobs;
using JubileeVerse.Testing.Storage;

namespace JubileeVerse.Grains.Tests.Queues;

public sealed class JobChangeRecorderTests(SqliteStore store) : IClassFixture<SqliteStore>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public Task OnCommitted_ChildEnded_UnblocksItsParent() => GrainScheduler.RunAsync(async () =>
    {
        await using var queue = await TestQueue.ActivateAsync(store);
        var flow = await queue.Parts.Intake.AddFlowAsync(
            new NewFlow(new NewJob("parent", "{}"), [new NewChild(new NewJob("child", "{}"))]));
        Assert.Equal(JobState.Blocked, queue.Parts.Context.StatusOf(flow.Parent.Id)!.State);

        Assert.Equal(flow.Children.Single().Id, await queue.CompleteNextAsync());

        Assert.Equal(JobState.Waiting, queue.Parts.Context.StatusOf(flow.Parent.Id)!.State);
    });

    [Fact]
    public Task OnCommitted_WriteFails_DoesNotNotifyTheListener() => GrainScheduler.RunAsync(async () =>
    {
        var listener = new RecordingListener();
        await using var queue = await TestQueue.ActivateAsync(store, listener: listener);
        var job = await queue.AddAsync();
        await queue.StoredAsync(job);
        queue.IsFailing = true;

        await Assert.ThrowsAnyAsync<Exception>(() => queue.Parts.Jobs.TryCancelAsync(job));

        Assert.Empty(listener.Ends);
        Assert.Equal(1, queue.Deactivations);
    });

    [Fact]
    public Task OnCommitted_JobEnds_CompletesTheWaitingCall() => GrainScheduler.RunAsync(async () =>
    {
        await using var queue = await TestQueue.ActivateAsync(store);
        var job = await queue.AddAsync();
        var end = queue.Parts.Intake.WaitAsync(job, Token);

        await queue.CompleteNextAsync();

        Assert.Equal(JobState.Completed, await end);
    });
}
