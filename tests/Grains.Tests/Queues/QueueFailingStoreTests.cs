using JubileeVerse.Grains.Tests.Queues.Completion;
using JubileeVerse.Grains.Tests.Queues.Store;
using JubileeVerse.Grains.Tests.Queues.Workers;
using JubileeVerse.Queues;
using JubileeVerse.Queues.Completion;
using JubileeVerse.Queues.Jobs;
using JubileeVerse.Queues.Store;
using JubileeVerse.Storage.Batching;
using JubileeVerse.Testing.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace JubileeVerse.Grains.Tests.Queues;

/// <summary>The behaviour of a queue while its store is slow or fails.</summary>
public sealed class QueueFailingStoreTests(SqliteStore store) : IClassFixture<SqliteStore>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task PauseAsync_StoreFails_ThrowsAndCanBeRetried()
    {
        await using var cluster = await QueueCluster.StartAsync(store, Token, configure: services => services.AddSingleton(
            provider => StoreFault.Wrap(ActivatorUtilities.CreateInstance<SqlJobStore>(provider), nameof(IJobStore.SetPausedAsync))));

        await Assert.ThrowsAnyAsync<Exception>(() => cluster.Queue.PauseAsync(Token));
        Assert.False((await cluster.Queue.GetAsync(Token)).Paused);
        Assert.True((await cluster.Queue.PauseAsync(Token)).Paused);

        await cluster.MoveAsync();
        Assert.True((await cluster.Queue.GetAsync(Token)).Paused);
        await cluster.Queue.ResumeAsync(Token);
    }

    [Fact]
    public async Task RemoveJobAsync_EndIsBeingWritten_RemovesTheJobAfterwardsAndNotifiesTheListener()
    {
        var writes = new HeldEnds(store.Writes);
        var listener = new RecordingListener();
        await using var cluster = await QueueCluster.StartAsync(store, Token, configure: services => services
            .AddSingleton<IWriteBatcher>(writes)
            .AddSingleton<IJobListener>(listener));
        cluster.Processor.Script = (_, _) => Task.FromResult(JobOutcome.FailedForGood("No."));
        var job = (await cluster.AddAsync(new NewJob("ends", "{}") { OrderKey = "key" }, Token)).Id;
        await writes.Held.WaitAsync(Token);

        var removing = cluster.Admin.RemoveJobAsync(job, Token);
        for (var i = 0; i < 5; i++)
            await cluster.Queries.FindAsync(ScriptedProcessor.Name, job, Token);
        writes.Release();

        Assert.Equal(JobState.Failed, (await removing).State);
        Assert.Null(await cluster.Queries.FindAsync(ScriptedProcessor.Name, job, Token));
        Assert.Contains((job, "key", JobState.Failed), listener.Ends);
        Assert.All(listener.Ends, end => Assert.Equal("key", end.OrderKey));
    }

    /// <summary>Holds the writes of failed jobs until <see cref="Release"/>.</summary>
    private sealed class HeldEnds(IWriteBatcher writes) : IWriteBatcher
    {
        private readonly TaskCompletionSource _held = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);

        /// <summary>Completes when a write is held.</summary>
        public Task Held => _held.Task;

        public void Release() => _released.SetResult();

        public async Task CommitAsync(WriteUnit unit, CancellationToken cancellationToken = default)
        {
            if (unit.Statements.Any(statement => statement.Parameters.Any(parameter => parameter.Value is "failed")))
            {
                _held.TrySetResult();
                await _released.Task;
            }

            await writes.CommitAsync(unit, cancellationToken);
        }

        public PendingWrite Enqueue(WriteUnit unit) => writes.Enqueue(unit);
    }
}
