using System.Collections.Concurrent;
using JubileeVerse.Queues;
using JubileeVerse.Queues.Jobs;
using JubileeVerse.Queues.Workers;
using JubileeVerse.Replies.Providers;
using JubileeVerse.Testing.Clusters;
using JubileeVerse.Testing.Replies;
using JubileeVerse.Testing.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace JubileeVerse.Grains.Tests.Queues.Workers;

/// <summary>Runs that exceed the timeout of their job.</summary>
public sealed class JobTimeoutTests(SqliteStore store) : IClassFixture<SqliteStore>
{
    private const string Queue = "timeouts";

    private readonly SlowProcessor _processor = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task RunAsync_LongerThanItsTimeout_FailsEachAttemptWithATimeoutMessage()
    {
        await using var cluster = await StartAsync();
        var queue = cluster.Grains.GetGrain<IQueueIntakeGrain>(Queue);

        var added = await queue.AddAsync(
            [new NewJob("obeys", "{}") { Timeout = TimeSpan.FromSeconds(2), Attempts = 2, BackoffDelay = TimeSpan.Zero }], Token);

        await cluster.UntilAsync(async () => await queue.WaitAsync(added[0].Id, Token) == JobState.Failed, "the job has failed", Token);
        var job = (await cluster.Grains.GetGrain<IQueueQueriesGrain>(0).FindAsync(Queue, added[0].Id, Token))!;
        Assert.Equal((2, "The run exceeded its timeout of 2000 ms."), (job.AttemptsMade, job.Failure));
        Assert.Equal([JobStopReason.TimedOut, JobStopReason.TimedOut], _processor.Stopped);
    }

    [Fact]
    public async Task RunAsync_ProcessorIgnoresTheTimeout_ContinuesAndItsCompletionIsAccepted()
    {
        await using var cluster = await StartAsync();
        var queue = cluster.Grains.GetGrain<IQueueIntakeGrain>(Queue);

        var added = await queue.AddAsync([new NewJob("ignores", "{}") { Timeout = TimeSpan.FromSeconds(1) }], Token);
        // The delay is longer than a lease: the running job must keep its lease.
        await Task.Delay(TimeSpan.FromSeconds(40), cluster.Clock, Token).WaitAsync(Token);
        _processor.Release.SetResult();

        await cluster.UntilAsync(
            async () => await queue.WaitAsync(added[0].Id, Token) == JobState.Completed, "the job has completed", Token);
        var job = (await cluster.Grains.GetGrain<IQueueQueriesGrain>(0).FindAsync(Queue, added[0].Id, Token))!;
        Assert.Equal((1, 0), (job.StartedCount, job.StalledCount));
    }

    [Fact]
    public async Task DrainAsync_RunIgnoresItsToken_IsReturnedWithoutSpendingAnAttempt()
    {
        await using var cluster = await StartAsync();
        var added = await cluster.Grains.GetGrain<IQueueIntakeGrain>(Queue).AddAsync([new NewJob("ignores", "{}")], Token);
        await _processor.Running.Task.WaitAsync(Token);

        await cluster.Silos.Silos.Single().ServiceProvider.GetRequiredService<IJobDrain>().DrainAsync(Token).WaitAsync(Token);

        var job = (await cluster.Grains.GetGrain<IQueueQueriesGrain>(0).FindAsync(Queue, added[0].Id, Token))!;
        Assert.Equal((JobState.Waiting, 0, 0), (job.State, job.AttemptsMade, job.StalledCount));
        _processor.Release.SetResult();
    }

    private Task<JubileeCluster> StartAsync() => JubileeCluster.StartAsync(
        store,
        services => services
            .AddSingleton<IChatModelSource>(new ScriptedModels(new ScriptedChatClient("Amen.")))
            .AddSingleton(_processor)
            .AddQueue<SlowProcessor>(Queue),
        cancellationToken: Token);

    private sealed class SlowProcessor : IJobProcessor
    {
        public ConcurrentQueue<JobStopReason?> Stopped { get; } = new();

        public TaskCompletionSource Running { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TaskCompletionSource Release { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public async Task<JobOutcome> RunAsync(JobRun run, CancellationToken cancellationToken)
        {
            Running.TrySetResult();
            try
            {
                await Release.Task.WaitAsync(run.Job.Name == "ignores" ? CancellationToken.None : cancellationToken);
            }
            catch (OperationCanceledException)
            {
                Stopped.Enqueue(run.StopReason);
                throw;
            }

            return JobOutcome.Completed;
        }
    }
}
