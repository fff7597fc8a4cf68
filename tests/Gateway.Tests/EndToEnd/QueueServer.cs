using System.Collections.Concurrent;
using JubileeVerse.Queues;
using Microsoft.Extensions.DependencyInjection;

namespace JubileeVerse.Gateway.Tests.EndToEnd;

/// <summary>A server with queues of its own, whose jobs do what their payload says.</summary>
public sealed class QueueServer : StandaloneServer
{
    /// <summary>A queue whose jobs do nothing of themselves: they fail at once, or run until they are told to stop.</summary>
    public const string Queue = "acts";

    /// <summary>One that is not used but to be changed as a whole.</summary>
    public const string Other = "others";

    private readonly RunWatch _watch = new();

    protected override void AddServices(IServiceCollection services) => services
        .AddSingleton(_watch)
        .AddQueue<ObedientProcessor>(Queue, new QueueOptions())
        .AddQueue<OtherProcessor>(Other, new QueueOptions());

    public async Task<GatewayClient> AdminAsync()
    {
        var client = NewClient();
        await client.LogInAsync(AdminEmail, AdminPassword);
        return client;
    }

    public async Task<string> AddAsync(string payload, TimeSpan delay = default, string queue = Queue, string? user = null) =>
        (await Grains.GetGrain<IQueueIntake>(queue).AddAsync(
            [new NewJob("act", payload) { Delay = delay, UserId = user }], TestContext.Current.CancellationToken)).Single().Id.Value;

    /// <summary>A job that has failed.</summary>
    public async Task<string> FailAsync()
    {
        var id = await AddAsync("fail");
        Assert.Equal(JobState.Failed, await Grains.GetGrain<IQueueIntake>(Queue).WaitAsync(new JobId(id), TestContext.Current.CancellationToken));
        return id;
    }

    /// <summary>A job that runs until it is cancelled.</summary>
    public async Task<string> RunAsync(string queue = Queue)
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

    private class ObedientProcessor(RunWatch watch) : IJobProcessor
    {
        public virtual string Queue => QueueServer.Queue;

        public async Task<JobOutcome> RunAsync(JobRun run, CancellationToken cancellationToken)
        {
            if (run.Job.Payload == "fail")
                return JobOutcome.FailedForGood("As it was told.");
            watch.Started(Queue);
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
            return JobOutcome.Completed;
        }
    }

    private sealed class OtherProcessor(RunWatch watch) : ObedientProcessor(watch)
    {
        public override string Queue => Other;
    }
}
