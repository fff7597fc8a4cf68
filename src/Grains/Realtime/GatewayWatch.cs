using Microsoft.Extensions.Logging;

namespace JubileeVerse.Realtime;

/// <summary>
/// Keeps this silo's outboxes in step with the directory, so that a conversation that begins to speak here can tell every gateway
/// at once, without asking anyone. A directory out of reach changes nothing.
/// </summary>
internal sealed partial class GatewayWatch(GatewayOutboxes outboxes, IGrainFactory grains, TimeProvider time, ILogger<GatewayWatch> logger)
    : ILifecycleParticipant<ISiloLifecycle>, IDisposable
{
    /// <summary>A directory that has just moved lists nobody until the gateways' next heartbeats: nobody is given up for that.</summary>
    private static readonly TimeSpan Patience = 2 * GatewayRoll.Lease;

    private static readonly TimeSpan Period = TimeSpan.FromSeconds(5);

    private readonly CancellationTokenSource _stopping = new();
    private Task _loop = Task.CompletedTask;

    public void Participate(ISiloLifecycle lifecycle) =>
        lifecycle.Subscribe(nameof(GatewayWatch), ServiceLifecycleStage.Active + 1, StartAsync, StopAsync);

    public void Dispose() => _stopping.Dispose();

    private Task StartAsync(CancellationToken cancellationToken)
    {
        _loop = WatchAsync();
        return Task.CompletedTask;
    }

    private async Task StopAsync(CancellationToken cancellationToken)
    {
        await _stopping.CancelAsync();
        await _loop;
    }

    private async Task WatchAsync()
    {
        while (!_stopping.IsCancellationRequested)
        {
            await LookAsync();
            await Task.Delay(Period, time, _stopping.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task LookAsync()
    {
        try
        {
            outboxes.Keep(await grains.GetGrain<IGatewayDirectory>(0).ListAsync(_stopping.Token), Patience);
        }
        catch (Exception exception) when (!_stopping.IsCancellationRequested)
        {
            LogOutOfReach(exception);
        }
        catch (OperationCanceledException)
        {
            // The silo stops.
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The directory of gateways could not be asked; those that are known are kept.")]
    private partial void LogOutOfReach(Exception exception);
}
