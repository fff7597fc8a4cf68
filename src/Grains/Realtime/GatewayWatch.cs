using Microsoft.Extensions.Logging;

namespace JubileeVerse.Realtime;

/// <summary>
/// Keeps this silo in step with the directory: its outboxes, so that a conversation that begins to speak here can tell every gateway
/// at once, without asking anyone; and its grains, which are told of gateways that have died. A directory out of reach changes nothing.
/// </summary>
internal sealed partial class GatewayWatch(
    GatewayOutboxes outboxes,
    GatewayLiveness liveness,
    GatewayFollowers followers,
    IGrainFactory grains,
    TimeProvider time,
    ILogger<GatewayWatch> logger)
    : ILifecycleParticipant<ISiloLifecycle>, IDisposable
{
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
            var listed = await grains.GetGrain<IGatewayDirectory>(0).ListAsync(_stopping.Token);
            var lost = liveness.Judge(listed);
            outboxes.Keep(listed, GatewayLiveness.UnlistedPatience);
            foreach (var gateway in lost)
                await followers.TellLostAsync(gateway, _stopping.Token);
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
