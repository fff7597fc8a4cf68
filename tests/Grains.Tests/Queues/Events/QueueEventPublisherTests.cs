using JubileeVerse.Grains.Tests.Queues.Histories;
using JubileeVerse.Queues.Jobs;
using JubileeVerse.Realtime;
using JubileeVerse.Realtime.Frames;
using JubileeVerse.Testing.Storage;

namespace JubileeVerse.Grains.Tests.Queues.Events;

public sealed class QueueEventPublisherTests(SqliteStore store) : IClassFixture<SqliteStore>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public Task PublishAdded_NoGatewayIsAttached_CreatesNoEvent() => GrainScheduler.RunAsync(async () =>
    {
        await using var queue = await TestQueue.ActivateAsync(store);

        await queue.AddAsync();

        Assert.Empty(queue.Outboxes.Frames);
    });

    [Fact]
    public Task PublishIfDrained_LastJobEnds_FollowsTheEventOfItsEnd() => GrainScheduler.RunAsync(async () =>
    {
        await using var queue = await TestQueue.ActivateAsync(store);
        queue.Parts.Events.Attach(Gateway(queue), null, 0);
        await queue.AddAsync();

        await queue.CompleteNextAsync();

        Assert.Equal([QueueEventKind.Added, QueueEventKind.Active, QueueEventKind.Completed], queue.Outboxes.JobEvents);
        Assert.Equal([QueueEventKind.Drained], queue.Outboxes.QueueEvents);
        Assert.IsType<QueueEvent>(queue.Outboxes.Frames[^1]);
    });

    [Fact]
    public Task Detach_LastGateway_EndsTheEvents() => GrainScheduler.RunAsync(async () =>
    {
        await using var queue = await TestQueue.ActivateAsync(store);
        var gateway = Gateway(queue);
        var first = queue.Parts.Events.Attach(gateway, null, 0);

        queue.Parts.Events.Detach(gateway.Gateway, gateway.Generation);
        await queue.AddAsync();

        Assert.Empty(queue.Outboxes.Frames);
        Assert.NotEqual(first.Epoch, queue.Parts.Events.Attach(gateway, first.Epoch, first.Offset).Epoch);
    });

    [Fact]
    public Task NoteAsync_CurrentAndOtherLease_StoresTheProgressOfTheCurrentOne() => GrainScheduler.RunAsync(async () =>
    {
        await using var queue = await TestQueue.ActivateAsync(store);
        queue.Parts.Events.Attach(Gateway(queue), null, 0);
        var job = await queue.AddAsync();
        var grant = (await queue.PollAsync()).Grants.Single();

        Assert.False(await queue.Parts.Events.NoteAsync(new JobNote(job, new JobLease(grant.Lease.Epoch, 99), "other", []), Token));
        Assert.True(await queue.Parts.Events.NoteAsync(new JobNote(job, grant.Lease, "half", []), Token));

        Assert.Equal("half", (await queue.StoredAsync(job))!.Progress);
        Assert.Equal("half", queue.Outboxes.Frames.OfType<QueueJobEvent>().Single(frame => frame.Event == QueueEventKind.Progress).Detail);
    });

    [Fact]
    public Task SendMoved_AttachedGateway_IsNotified() => GrainScheduler.RunAsync(async () =>
    {
        await using var queue = await TestQueue.ActivateAsync(store);
        Assert.Equal(1, queue.Outboxes.MovedCount); // The activation is announced to all other gateways.
        queue.Parts.Events.Attach(Gateway(queue), null, 0);

        queue.Parts.Events.SendMoved();

        Assert.Equal(2, queue.Outboxes.MovedCount);
    });

    private static GatewaySubscription Gateway(TestQueue queue) => new(GatewayId.New(queue.Time), 1, null!);
}
