using JubileeVerse.Gateway.Realtime.Connections;
using JubileeVerse.Operations;
using JubileeVerse.Realtime;
using JubileeVerse.ServiceDefaults.Drain;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace JubileeVerse.Gateway.Realtime.Presence;

/// <summary>
/// Registers this gateway with the gateway directory every ten seconds and when its drain begins, and deregisters it at the end. Silos
/// connect to each listed gateway; nothing here waits for that.
/// </summary>
internal sealed partial class GatewayHeartbeat(
    IGrainFactory grains,
    GatewayIdentity identity,
    LiveConnections connections,
    DrainState drain,
    IServer server,
    TimeProvider time,
    ILogger<GatewayHeartbeat> logger) : BackgroundService
{
    internal static readonly TimeSpan Period = TimeSpan.FromSeconds(10);

    /// <summary>The delay until the next attempt after a registration that failed.</summary>
    internal static readonly TimeSpan RetryPeriod = TimeSpan.FromSeconds(1);

    /// <summary>The timeout is short, because the registration's lease expires anyway, and the cluster may be stopping as well.</summary>
    private static readonly TimeSpan LeaveTimeout = TimeSpan.FromSeconds(2);

    private readonly DateTimeOffset _startedAt = time.GetUtcNow();

    private IGatewayDirectoryGrain Directory => grains.GetGrain<IGatewayDirectoryGrain>(0);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // The start of the host must not wait for the cluster.
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        while (!stoppingToken.IsCancellationRequested)
        {
            var isDraining = drain.IsDraining;
            var isRegistered = await RegisterAsync(isDraining, stoppingToken);
            using var wake = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken, isDraining ? stoppingToken : drain.Draining);
            await Task.Delay(isRegistered ? Period : RetryPeriod, time, wake.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        await LeaveAsync();
    }

    private async Task<bool> RegisterAsync(bool isDraining, CancellationToken cancellationToken)
    {
        try
        {
            await Directory.RegisterAsync(Describe(isDraining), cancellationToken);
            return true;
        }
        catch (Exception exception)
        {
            if (!cancellationToken.IsCancellationRequested)
                LogRegisterFailed(exception.Message);
            return false;
        }
    }

    private async Task LeaveAsync()
    {
        try
        {
            await Directory.UnregisterAsync(identity.Id, CancellationToken.None).WaitAsync(LeaveTimeout, time);
        }
        catch (Exception exception)
        {
            LogLeaveFailed(exception.Message);
        }
    }

    private GatewayRegistration Describe(bool isDraining)
    {
        var count = connections.Count();
        return new GatewayRegistration(
            identity.Id, Name(), ProgramVersion.Text, _startedAt, isDraining, count.Connections, count.Users, identity.Reference)
        {
            ByTransport = connections.CountByTransport(),
        };
    }

    private string Name()
    {
        var address = server.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault();
        return address is null ? Environment.MachineName : $"{Environment.MachineName}:{BindingAddress.Parse(address).Port}";
    }

    // Logged at each attempt while the cluster is unreachable, which other components log at a higher level.
    [LoggerMessage(
        Level = LogLevel.Information,
        Message = "This gateway could not register with the gateway directory; retrying: {Reason}")]
    private partial void LogRegisterFailed(string reason);

    [LoggerMessage(
        Level = LogLevel.Debug,
        Message = "This gateway could not deregister from the gateway directory; its registration will expire: {Reason}")]
    private partial void LogLeaveFailed(string reason);
}
