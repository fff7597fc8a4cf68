using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace JubileeVerse.Queues.Workers;

/// <summary>
/// This silo's workers, one a queue. They start when the silo has become active and stop with the drain, or else before it leaves, while its
/// grains still answer.
/// </summary>
internal sealed partial class JobWorkers(
    IEnumerable<IJobProcessor> processors,
    IGrainFactory grains,
    ILocalSiloDetails silo,
    IOptionsMonitor<QueuesOptions> options,
    QueueLoads loads,
    QueueInstruments instruments,
    TimeProvider time,
    ILogger<JobWorker> logger) : IJobDrain, ILifecycleParticipant<ISiloLifecycle>, IDisposable
{
    private const int MaxLeaveTries = 5;

    private static readonly TimeSpan LeavePause = TimeSpan.FromMilliseconds(100);

    private readonly List<JobWorker> _workers = [];
    private readonly CancellationTokenSource _hurry = new();
    private readonly Lock _gate = new();
    private Task? _drain;

    public void Participate(ISiloLifecycle lifecycle) =>
        lifecycle.Subscribe(nameof(JobWorkers), ServiceLifecycleStage.Active + 1, StartAsync, DrainAsync);

    public async Task DrainAsync(CancellationToken cancellationToken)
    {
        // Whoever comes second may be in more of a hurry than the first.
        await using var hurry = cancellationToken.Register(_hurry.Cancel);
        Task drain;
        lock (_gate)
            drain = _drain ??= StopWorkersAsync();
        await drain;
    }

    public void Dispose() => _hurry.Dispose();

    private Task StartAsync(CancellationToken cancellationToken)
    {
        var name = silo.SiloAddress.ToParsableString();
        foreach (var processor in processors)
        {
            var worker = new JobWorker(name, processor, grains, loads, instruments, time, logger);
            _workers.Add(worker);
            worker.Start();
        }

        return Task.CompletedTask;
    }

    private async Task StopWorkersAsync()
    {
        // First of all: a queue that has just moved waits for what each worker holds, and these can still say so.
        await Task.WhenAll(processors.Select(processor => LeaveAsync(processor.Queue)));
        await Task.WhenAll(_workers.Select(worker => worker.StopAsync(options.CurrentValue.Grace, _hurry.Token)));
    }

    private async Task LeaveAsync(string queue)
    {
        try
        {
            var grain = grains.GetGrain<IQueueGrain>(queue);
            for (var tries = 0; tries < MaxLeaveTries && await grain.LeaveAsync(silo.SiloAddress.ToParsableString()); tries++)
                await Task.Delay(LeavePause, time);
        }
        catch (Exception exception)
        {
            LogLeaveFailed(queue, exception.Message);
        }
    }

    // It costs a moment: the queue goes with its silo, and comes up elsewhere.
    [LoggerMessage(Level = LogLevel.Information, Message = "Queue {Queue} could not be asked to move before this silo leaves: {Reason}")]
    private partial void LogLeaveFailed(string queue, string reason);
}
