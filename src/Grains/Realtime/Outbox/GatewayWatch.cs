using Microsoft.Extensions.Logging;

namespace JubileeVerse.Realtime.Outbox;

/// <summary>
/// Synchronizes this silo with the gateway directory: opens an outbox for each listed gateway, so that a grain that activates here can
/// reach every gateway without a lookup, and notifies grains of gateways that became unreachable. While the directory is unavailable
/// nothing changes.
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
        _loop = RunAsync();
        return Task.CompletedTask;
    }

    private async Task StopAsync(CancellationToken cancellationToken)
    {
        await _stopping.CancelAsync();
        await _loop;
    }

    private async Task RunAsync()
    {
        while (!_stopping.IsCancellationRequested)
        {
            await RefreshAsync();
            await Task.Delay(Period, time, _stopping.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task RefreshAsync()
    {
        try
        {
            var listed = await grains.GetGrain<IGatewayDirectoryGrain>(0).ListAsync(_stopping.Token);
            var unreachable = liveness.Evaluate(listed);
            outboxes.Synchronize(listed, GatewayLiveness.UnlistedTimeout);
            foreach (var gateway in unreachable)
                await followers.NotifyUnreachableAsync(gateway, _stopping.Token);
        }
        catch (Exception exception) when (!_stopping.IsCancellationRequested)
        {
            LogDirectoryUnavailable(exception);
        }
        catch (OperationCanceledException)
        {
            // The silo stops.
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The gateway directory is unavailable; this silo keeps the gateways it knows.")]
    private partial void LogDirectoryUnavailable(Exception exception);
}
