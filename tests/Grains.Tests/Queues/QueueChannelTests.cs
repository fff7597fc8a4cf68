using JubileeVerse.Grains.Tests.Queues.Workers;
using JubileeVerse.Queues;
using JubileeVerse.Queues.Jobs;
using JubileeVerse.Realtime;
using JubileeVerse.Realtime.Frames;
using JubileeVerse.Testing.Clusters;
using JubileeVerse.Testing.Storage;

namespace JubileeVerse.Grains.Tests.Queues;

/// <summary>The events that a gateway receives from a queue to which it subscribes.</summary>
public sealed class QueueChannelTests(SqliteStore store) : IClassFixture<SqliteStore>
{
    private readonly RecordingGateway _gateway = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task AttachAsync_RunningJobs_PublishesTheirEventsInOrderAndDrainedOnce()
    {
        await using var cluster = await QueueCluster.StartAsync(store, Token);
        var both = new TaskCompletionSource();
        cluster.Processor.Script = async (_, _) =>
        {
            if (cluster.Processor.Runs.Count == 2)
                both.TrySetResult();
            await both.Task;
            return JobOutcome.Completed;
        };
        var (channel, _) = await SubscribeAsync(cluster);

        var added = await cluster.Intake.AddAsync([new NewJob("one", "{}"), new NewJob("two", "{}")], Token);
        await _gateway.NextAsync<QueueEvent>(e => e.Event == QueueEventKind.Drained, Token);
        await cluster.Queue.PauseAsync(Token);
        await _gateway.NextAsync<QueueEvent>(e => e.Event == QueueEventKind.Paused, Token);
        await cluster.Queue.ResumeAsync(Token);
        await _gateway.NextAsync<QueueEvent>(e => e.Event == QueueEventKind.Resumed, Token);

        var frames = _gateway.Frames.Cast<DurableFrame>().ToArray();
        Assert.Equal(Enumerable.Range(1, frames.Length).Select(i => (long)i), frames.Select(frame => frame.Offset));
        Assert.All(frames, frame => Assert.Equal(ChannelName.ForQueue(ScriptedProcessor.Name), frame.Channel));
        Assert.Equal(
            [QueueEventKind.Drained, QueueEventKind.Paused, QueueEventKind.Resumed],
            frames.OfType<QueueEvent>().Select(frame => frame.Event));
        foreach (var (job, name) in added.Zip(["one", "two"]))
        {
            var events = frames.OfType<QueueJobEvent>().Where(frame => frame.JobId == job.Id).ToArray();
            Assert.Equal([QueueEventKind.Added, QueueEventKind.Active, QueueEventKind.Completed], events.Select(frame => frame.Event));
            Assert.All(events, frame => Assert.Equal(name, frame.Name));
        }

        await DetachAsync(channel);
    }

    [Fact]
    public async Task AttachAsync_OperatorActionsAndRuns_PublishesTheirEvents()
    {
        await using var cluster = await QueueCluster.StartAsync(store, Token);
        cluster.Processor.Script = (run, _) =>
        {
            run.Progress("Halfway");
            return Task.FromResult(run.Attempt == 1 ? JobOutcome.Failed("Once more.") : JobOutcome.Completed);
        };
        await cluster.Queue.PauseAsync(Token);
        await SubscribeAsync(cluster);

        var run = new NewJob("runs", "{}") { Id = new JobId("runs") };
        await cluster.AddAsync(run, Token);
        await cluster.AddAsync(run, Token);
        var removed = await cluster.AddAsync(new NewJob("goes", "{}"), Token);
        await cluster.Cluster.Grains.GetGrain<IQueueAdminGrain>(ScriptedProcessor.Name).RemoveJobAsync(removed.Id, Token);
        await cluster.Queue.ResumeAsync(Token);
        await cluster.WaitForEndAsync(run.Id!.Value, Token);
        await _gateway.NextAsync<QueueEvent>(e => e.Event == QueueEventKind.Drained, Token);

        QueueEventKind[] kinds = [.. _gateway.Frames.OfType<QueueJobEvent>().Where(e => e.JobId == run.Id).Select(e => e.Event)];
        Assert.Equal(
            [
                QueueEventKind.Added, QueueEventKind.Duplicated, QueueEventKind.Active, QueueEventKind.Retrying, QueueEventKind.Waiting,
                QueueEventKind.Active, QueueEventKind.Completed,
            ],
            kinds.Where(kind => kind != QueueEventKind.Progress));
        Assert.Contains(
            _gateway.Frames.OfType<QueueJobEvent>(),
            e => e is { Event: QueueEventKind.Progress, Detail: "Halfway", State: JobState.Active });
        Assert.Equal(
            [QueueEventKind.Added, QueueEventKind.Removed],
            _gateway.Frames.OfType<QueueJobEvent>().Where(e => e.JobId == removed.Id).Select(e => e.Event));
    }

    [Fact]
    public async Task AttachAsync_JobRetriedByHand_KeepsItsName()
    {
        await using var cluster = await QueueCluster.StartAsync(store, Token);
        cluster.Processor.Script = (run, _) =>
            Task.FromResult(cluster.Processor.Runs.Count == 1 ? JobOutcome.FailedForGood("No.") : JobOutcome.Completed);
        await SubscribeAsync(cluster);
        var job = await cluster.AddAsync(new NewJob("again", "{}"), Token);
        await cluster.WaitForEndAsync(job.Id, Token);

        await cluster.Admin.RetryJobAsync(job.Id, Token);
        await _gateway.NextAsync<QueueJobEvent>(e => e.Event == QueueEventKind.Completed, Token);

        Assert.All(_gateway.Frames.OfType<QueueJobEvent>(), e => Assert.Equal("again", e.Name));
    }

    [Fact]
    public async Task DetachAsync_LastSubscriber_EndsTheEpochAndCreatesNoMoreEvents()
    {
        await using var cluster = await QueueCluster.StartAsync(store, Token);
        var (subscription, first) = await SubscribeAsync(cluster);
        await cluster.AddAsync(new NewJob("seen", "{}"), Token);
        await _gateway.NextAsync<QueueEvent>(e => e.Event == QueueEventKind.Drained, Token);
        var seen = _gateway.Frames.Count;
        await DetachAsync(subscription);

        var unseen = await cluster.AddAsync(new NewJob("unseen", "{}"), Token);
        await cluster.WaitForEndAsync(unseen.Id, Token);

        var second = await subscription.Channel.AttachAsync(subscription.Gateway with { Generation = 3 }, first.Epoch, 0);
        Assert.NotEqual(first.Epoch, second.Epoch);
        Assert.Equal((0, 0, seen), (second.Offset, second.Frames!.Count, _gateway.Frames.Count));
    }

    [Fact]
    public async Task AttachAsync_ReturningSubscriber_GetsMissedEventsAndANewEpochAfterAMove()
    {
        await using var cluster = await QueueCluster.StartAsync(store, Token);
        var (subscription, attached) = await SubscribeAsync(cluster);
        await cluster.AddAsync(new NewJob("one", "{}"), Token);
        await _gateway.NextAsync<QueueEvent>(e => e.Event == QueueEventKind.Drained, Token);

        var again = await subscription.Channel.AttachAsync(subscription.Gateway, attached.Epoch, 2);
        Assert.Equal([3L, 4L], again.Frames!.Cast<DurableFrame>().Select(frame => frame.Offset));

        await cluster.MoveAsync();
        await _gateway.UntilMovedAsync(ChannelName.ForQueue(ScriptedProcessor.Name), Token);
        var moved = await subscription.Channel.AttachAsync(subscription.Gateway, attached.Epoch, 4);
        Assert.NotEqual(attached.Epoch, moved.Epoch);
    }

    private async Task<((IQueueChannelGrain Channel, GatewaySubscription Gateway) Subscription, ChannelAttachment Attachment)>
        SubscribeAsync(QueueCluster cluster)
    {
        var channel = cluster.Cluster.Grains.GetGrain<IQueueChannelGrain>(ScriptedProcessor.Name);
        var gateway = new GatewaySubscription(
            GatewayId.New(cluster.Cluster.Clock), 1, cluster.Cluster.Grains.CreateObjectReference<IGatewayObserver>(_gateway));
        return ((channel, gateway), await channel.AttachAsync(gateway, null, 0));
    }

    private static Task DetachAsync((IQueueChannelGrain Channel, GatewaySubscription Gateway) subscription) =>
        subscription.Channel.DetachAsync(subscription.Gateway.Gateway, 2);
}
