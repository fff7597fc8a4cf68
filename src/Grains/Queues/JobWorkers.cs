using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace JubileeVerse.Queues;

/// <summary>
/// This silo's workers, one a queue. They start when the silo has become active and stop before it leaves, while its grains still answer.
/// </summary>
internal sealed class JobWorkers(
    IEnumerable<IJobProcessor> processors,
    IGrainFactory grains,
    ILocalSiloDetails silo,
    IOptionsMonitor<QueuesOptions> options,
    QueueLoads loads,
    QueueInstruments instruments,
    TimeProvider time,
    ILogger<JobWorker> logger) : ILifecycleParticipant<ISiloLifecycle>
{
    private readonly List<JobWorker> _workers = [];

    public void Participate(ISiloLifecycle lifecycle) =>
        lifecycle.Subscribe(nameof(JobWorkers), ServiceLifecycleStage.Active + 1, StartAsync, StopAsync);

    private Task StartAsync(CancellationToken cancellationToken)
    {
        var name = silo.SiloAddress.ToParsableString();
        foreach (var processor in processors)
        {
            var worker = new JobWorker(
                name, processor, grains, () => options.CurrentValue.Of(processor.Queue).ConcurrencyPerSilo, loads, instruments, time, logger);
            _workers.Add(worker);
            worker.Start();
        }

        return Task.CompletedTask;
    }

    private Task StopAsync(CancellationToken cancellationToken) =>
        Task.WhenAll(_workers.Select(worker => worker.StopAsync(options.CurrentValue.Grace, cancellationToken)));
}
