using System.Collections.Immutable;
using JubileeVerse.Errors;
using JubileeVerse.Queues;
using JubileeVerse.Queues.Configuration;
using JubileeVerse.Queues.Jobs;
using JubileeVerse.Replies.Providers;
using JubileeVerse.Testing.Clusters;
using JubileeVerse.Testing.Replies;
using JubileeVerse.Testing.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace JubileeVerse.Grains.Tests.Queues;

/// <summary>Limits that an operator sets take precedence over the configured limits.</summary>
public sealed class QueueLimitsTests(SqliteStore store) : IClassFixture<SqliteStore>
{
    // Each test has its own queue, because the limits that a test sets are stored and would apply to the next test.
    private readonly string _queue = $"limits-{Guid.CreateVersion7(TimeProvider.System.GetUtcNow())}";
    private readonly Dictionary<string, string?> _settings = new() { ["Queues:Grace"] = "00:00:00" };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task SetLimitsAsync_WaitingJobs_StartsUpToTheLimitAlsoAfterAMove()
    {
        await using var cluster = await StartAsync();
        var queue = cluster.Grains.GetGrain<IQueueGrain>(_queue);
        await cluster.Grains.GetGrain<IQueueIntakeGrain>(_queue)
            .AddAsync([.. Enumerable.Range(0, 9).Select(i => new NewJob("endless", "{}") { Id = new JobId($"job-{i}") })], Token);
        await ActiveAsync(cluster, 2);

        var limits = new QueueLimits(7, 60) { Concurrency = 4 };
        var status = await cluster.Grains.GetGrain<IQueueAdminGrain>(_queue).SetLimitsAsync(limits, Token);
        Assert.Equal(limits, status.Limits);
        await ActiveAsync(cluster, 4);

        await cluster.DeactivateAsync(queue);
        Assert.Equal(limits, (await queue.GetAsync(Token)).Limits);
        Assert.Equal(7, Assert.Single(await WorkersAsync(cluster)).Slots);

        await cluster.Grains.GetGrain<IQueueAdminGrain>(_queue).SetLimitsAsync(new QueueLimits(5, 60), Token);
        await ActiveAsync(cluster, 5);
    }

    [Fact]
    public async Task Options_ChangedAtRuntime_ApplyUntilAnOperatorSetsLimits()
    {
        await using var cluster = await StartAsync();
        var queue = cluster.Grains.GetGrain<IQueueGrain>(_queue);
        Assert.Equal(new QueueLimits(2, 50), (await queue.GetAsync(Token)).Limits);

        cluster.ChangeSetting(Key(nameof(QueueOptions.ConcurrencyPerSilo)), "6");
        await cluster.UntilAsync(async () => (await queue.GetAsync(Token)).Limits == new QueueLimits(6, 50), "the option applies", Token);

        await cluster.Grains.GetGrain<IQueueAdminGrain>(_queue).SetLimitsAsync(new QueueLimits(3, 50), Token);
        cluster.ChangeSetting(Key(nameof(QueueOptions.ConcurrencyPerSilo)), "8");
        await cluster.DeactivateAsync(queue);
        Assert.Equal(new QueueLimits(3, 50), (await queue.GetAsync(Token)).Limits);
    }

    [Fact]
    public async Task Options_InvalidAtRuntime_KeepTheLastValidOnesUntilTheNextChange()
    {
        await using var cluster = await StartAsync();
        var queue = cluster.Grains.GetGrain<IQueueGrain>(_queue);
        Assert.Equal(new QueueLimits(2, 50), (await queue.GetAsync(Token)).Limits);

        Assert.ThrowsAny<Exception>(() => cluster.ChangeSetting(Key(nameof(QueueOptions.ConcurrencyPerSilo)), "0"));
        await cluster.DeactivateAsync(queue);
        Assert.Equal(new QueueLimits(2, 50), (await queue.GetAsync(Token)).Limits);

        cluster.ChangeSetting(Key(nameof(QueueOptions.ConcurrencyPerSilo)), "6");
        await cluster.UntilAsync(async () => (await queue.GetAsync(Token)).Limits == new QueueLimits(6, 50), "the option applies", Token);
    }

    [Fact]
    public async Task ChangeLimitsAsync_OneLimit_LeavesTheOthersToTheOptionsAlsoAfterAMove()
    {
        await using var cluster = await StartAsync();
        var queue = cluster.Grains.GetGrain<IQueueGrain>(_queue);
        await AdminOf(cluster).ChangeLimitsAsync(new LimitsChange { StartsPerSecond = new NewLimit(40) }, Token);

        cluster.ChangeSetting(Key(nameof(QueueOptions.ConcurrencyPerSilo)), "6");
        await cluster.UntilAsync(async () => (await queue.GetAsync(Token)).Limits == new QueueLimits(6, 40), "the option applies", Token);
        await cluster.DeactivateAsync(queue);
        cluster.ChangeSetting(Key(nameof(QueueOptions.ConcurrencyPerSilo)), "7");

        Assert.Equal(new QueueLimits(7, 40), (await queue.GetAsync(Token)).Limits);
    }

    [Fact]
    public async Task ChangeLimitsAsync_Null_ResetsTheLimitToTheOptions()
    {
        await using var cluster = await StartAsync();
        await AdminOf(cluster).SetLimitsAsync(new QueueLimits(3, 40) { Concurrency = 5 }, Token);

        var changed = await AdminOf(cluster).ChangeLimitsAsync(new LimitsChange { ConcurrencyPerSilo = new NewLimit(null) }, Token);
        var both = await Task.WhenAll(
            AdminOf(cluster).ChangeLimitsAsync(new LimitsChange { StartsPerSecond = new NewLimit(null) }, Token),
            AdminOf(cluster).ChangeLimitsAsync(new LimitsChange { Concurrency = new NewLimit(null) }, Token));
        await cluster.DeactivateAsync(cluster.Grains.GetGrain<IQueueGrain>(_queue));

        Assert.Equal(new QueueLimits(2, 40) { Concurrency = 5 }, changed.Limits);
        Assert.Contains(new QueueLimits(2, 50), both.Select(status => status.Limits));
        Assert.Equal(new QueueLimits(2, 50), (await cluster.Grains.GetGrain<IQueueGrain>(_queue).GetAsync(Token)).Limits);
    }

    [Fact]
    public async Task AddAsync_OverMaxOpen_AddsNoneAndReturnsRetryAfter()
    {
        _settings[Key(nameof(QueueOptions.MaxOpen))] = "3";
        await using var cluster = await StartAsync();
        var queue = cluster.Grains.GetGrain<IQueueIntakeGrain>(_queue);
        await queue.AddAsync([new NewJob("endless", "{}"), new NewJob("endless", "{}")], Token);

        var fault = await Assert.ThrowsAsync<JubileeException>(
            () => queue.AddAsync([new NewJob("endless", "{}"), new NewJob("endless", "{}")], Token));

        // No job has ended yet, so the rate is unknown and the longest delay applies.
        Assert.Equal((ErrorCode.QueueFull, TimeSpan.FromMinutes(10)), (fault.Code, fault.RetryAfter));
        Assert.Single(await queue.AddAsync([new NewJob("endless", "{}")], Token));
    }

    [Fact]
    public async Task SetLimitsAsync_OutOfRange_NamesTheFieldAndChangesNothing()
    {
        await using var cluster = await StartAsync();

        await AssertRefusedAsync(new QueueLimits(0, 1), "concurrencyPerSilo");
        await AssertRefusedAsync(new QueueLimits(10_001, 1), "concurrencyPerSilo");
        await AssertRefusedAsync(new QueueLimits(1, -1), "startsPerSecond");
        await AssertRefusedAsync(new QueueLimits(1, 1_000_001), "startsPerSecond");
        await AssertRefusedAsync(new QueueLimits(1, 1) { Concurrency = 0 }, "concurrency");
        await AssertRefusedAsync(new QueueLimits(1, 1) { Concurrency = 1_000_001 }, "concurrency");

        Assert.Equal(new QueueLimits(2, 50), (await cluster.Grains.GetGrain<IQueueGrain>(_queue).GetAsync(Token)).Limits);

        async Task AssertRefusedAsync(QueueLimits limits, string field)
        {
            var fault = await Assert.ThrowsAsync<JubileeException>(
                () => cluster.Grains.GetGrain<IQueueAdminGrain>(_queue).SetLimitsAsync(limits, Token));
            Assert.Equal((ErrorCode.InvalidRequest, field), (fault.Code, fault.Field));
        }
    }

    private string Key(string option) => $"{new QueueDefinition(_queue).Section}:{option}";

    private Task ActiveAsync(JubileeCluster cluster, int count) => cluster.UntilAsync(
        async () => (await cluster.Grains.GetGrain<IQueueGrain>(_queue).GetAsync(Token)).Active == count, $"{count} jobs run", Token);

    private IQueueAdminGrain AdminOf(JubileeCluster cluster) => cluster.Grains.GetGrain<IQueueAdminGrain>(_queue);

    private async Task<ImmutableArray<QueueWorker>> WorkersAsync(JubileeCluster cluster)
    {
        ImmutableArray<QueueWorker> workers = [];
        await cluster.UntilAsync(
            async () => !(workers = await cluster.Grains.GetGrain<IQueueGrain>(_queue).WorkersAsync(Token)).IsEmpty,
            "a worker has polled",
            Token);
        return workers;
    }

    private Task<JubileeCluster> StartAsync() => JubileeCluster.StartAsync(
        store,
        services => services
            .AddSingleton<IChatModelSource>(new ScriptedModels(new ScriptedChatClient("Amen.")))
            .AddQueue<EndlessProcessor>(_queue, options => options.ConcurrencyPerSilo = 2),
        settings: _settings,
        cancellationToken: Token);

    /// <summary>Runs each job until it is stopped.</summary>
    private sealed class EndlessProcessor : IJobProcessor
    {
        public async Task<JobOutcome> RunAsync(JobRun run, CancellationToken cancellationToken)
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
            return JobOutcome.Completed;
        }
    }
}
