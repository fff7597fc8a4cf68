using System.Collections.Concurrent;
using JubileeVerse.Queues;
using JubileeVerse.Queues.Jobs;
using Microsoft.Extensions.DependencyInjection;

namespace JubileeVerse.Gateway.Tests.EndToEnd.Servers;

/// <summary>A server with its own queues, whose jobs do what their payload says.</summary>
public sealed class QueueServer : StandaloneServer
{
    /// <summary>A queue whose jobs either fail at once or run until they are cancelled, as their payload says.</summary>
    public const string Queue = "acts";

    /// <summary>A queue for the tests that change a whole queue.</summary>
    public const string Other = "others";

    private readonly RunWatch _watch = new();

    protected override void AddServices(IServiceCollection services) => services
        .AddSingleton(_watch)
        .AddQueue<PayloadProcessor>(Queue)
        .AddQueue<PayloadProcessor>(Other);

    public async Task<GatewayClient> AdminAsync()
    {
        var client = NewClient();
        await client.LogInAsync(AdminEmail, AdminPassword);
        return client;
    }

    public async Task<string> AddAsync(string payload, TimeSpan delay = default, string queue = Queue, string? user = null) =>
        (await Grains.GetGrain<IQueueIntakeGrain>(queue).AddAsync(
            [new NewJob("act", payload) { Delay = delay, UserId = user }], TestContext.Current.CancellationToken)).Single().Id.Value;

    /// <summary>Adds a job and waits until it has failed.</summary>
    public async Task<string> AddFailedJobAsync()
    {
        var id = await AddAsync("fail");
        Assert.Equal(
            JobState.Failed,
            await Grains.GetGrain<IQueueIntakeGrain>(Queue).WaitAsync(new JobId(id), TestContext.Current.CancellationToken));
        return id;
    }

    /// <summary>Adds a job that runs until it is cancelled, and waits until it has started.</summary>
    public async Task<string> AddRunningJobAsync(string queue = Queue)
    {
        var running = _watch.NextOf(queue);
        var id = await AddAsync("run", queue: queue);
        await running.WaitAsync(TestContext.Current.CancellationToken);
        return id;
    }

    private sealed class RunWatch
    {
        private readonly ConcurrentDictionary<string, TaskCompletionSource> _awaited = [];

        public Task NextOf(string queue) =>
            (_awaited[queue] = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;

        public void Started(string queue) => _awaited.GetValueOrDefault(queue)?.TrySetResult();
    }

    private sealed class PayloadProcessor(RunWatch watch) : IJobProcessor
    {
        public async Task<JobOutcome> RunAsync(JobRun run, CancellationToken cancellationToken)
        {
            if (run.Job.Payload == "fail")
                return JobOutcome.FailedForGood("As it was told.");
            watch.Started(run.Job.Queue);
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
            return JobOutcome.Completed;
        }
    }
}
