using JubileeVerse.Queues.Configuration;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace JubileeVerse.Queues.Workers;

/// <summary>
/// This silo's workers, one per queue. They start after the silo has become active. They stop when the silo is drained, or else before it
/// leaves the cluster, while its grains are still reachable.
/// </summary>
internal sealed partial class JobWorkers(
    IEnumerable<QueueProcessor> processors,
    IGrainFactory grains,
    ILocalSiloDetails silo,
    IOptionsMonitor<QueuesOptions> options,
    QueueLoads loads,
    QueueInstruments instruments,
    TimeProvider time,
    ILogger<JobWorker> logger) : IJobDrain, ILifecycleParticipant<ISiloLifecycle>, IDisposable
{
    private const int MaxLeaveAttempts = 5;

    private static readonly TimeSpan LeaveRetryDelay = TimeSpan.FromMilliseconds(100);

    private readonly List<JobWorker> _workers = [];
    private readonly CancellationTokenSource _endGrace = new();
    private readonly Lock _lock = new();
    private Task? _drain;

    public void Participate(ISiloLifecycle lifecycle) =>
        lifecycle.Subscribe(nameof(JobWorkers), ServiceLifecycleStage.Active + 1, StartAsync, DrainAsync);

    public async Task DrainAsync(CancellationToken cancellationToken)
    {
        // Every caller's token ends the grace period, because a later caller may have less time than the first.
        await using var registration = cancellationToken.Register(_endGrace.Cancel);
        Task drain;
        lock (_lock)
            drain = _drain ??= StopWorkersAsync();
        await drain;
    }

    public void Dispose() => _endGrace.Dispose();

    private Task StartAsync(CancellationToken cancellationToken)
    {
        var name = silo.SiloAddress.ToParsableString();
        foreach (var (queue, processor) in processors)
        {
            var worker = new JobWorker(name, queue, processor, grains, loads, instruments, time, logger);
            _workers.Add(worker);
            worker.Start();
        }

        return Task.CompletedTask;
    }

    private async Task StopWorkersAsync()
    {
        // Queues move away first: a queue that has just moved waits for each worker's leases, and these workers can still list theirs.
        await Task.WhenAll(processors.Select(processor => LeaveAsync(processor.Queue)));
        await Task.WhenAll(_workers.Select(worker => worker.StopAsync(options.CurrentValue.Grace, _endGrace.Token)));
    }

    private async Task LeaveAsync(string queue)
    {
        try
        {
            var grain = grains.GetGrain<IQueueGrain>(queue);
            for (var attempt = 0; attempt < MaxLeaveAttempts && await grain.LeaveAsync(silo.SiloAddress.ToParsableString()); attempt++)
                await Task.Delay(LeaveRetryDelay, time);
        }
        catch (Exception exception)
        {
            LogLeaveFailed(queue, exception.Message);
        }
    }

    // This costs only a short delay: the queue stops with its silo and activates on another one.
    [LoggerMessage(
        Level = LogLevel.Information, Message = "Queue {Queue} could not be moved before this silo leaves the cluster: {Reason}")]
    private partial void LogLeaveFailed(string queue, string reason);
}
