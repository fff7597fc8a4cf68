using JubileeVerse.Operations;
using JubileeVerse.Realtime;
using JubileeVerse.ServiceDefaults.Drain;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace JubileeVerse.Gateway.Realtime;

/// <summary>
/// Says to the directory that this gateway lives, every ten seconds and when its drain begins, and takes its leave at the end.
/// Silos open a way to each gateway that is listed; nothing here waits for that.
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

    /// <summary>Until it has been heard, and again when the directory was out of reach.</summary>
    internal static readonly TimeSpan RetryPeriod = TimeSpan.FromSeconds(1);

    /// <summary>The lease ends by itself; nobody shall wait for a cluster that is stopping too.</summary>
    private static readonly TimeSpan LeavePatience = TimeSpan.FromSeconds(2);

    private readonly DateTimeOffset _startedAt = time.GetUtcNow();

    private IGatewayDirectory Directory => grains.GetGrain<IGatewayDirectory>(0);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // The host's start must not wait for a cluster.
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        while (!stoppingToken.IsCancellationRequested)
        {
            var isDraining = drain.IsDraining;
            var wasHeard = await RegisterAsync(isDraining, stoppingToken);
            using var wake = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken, isDraining ? stoppingToken : drain.Draining);
            await Task.Delay(wasHeard ? Period : RetryPeriod, time, wake.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
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
                LogNotHeard(exception.Message);
            return false;
        }
    }

    private async Task LeaveAsync()
    {
        try
        {
            await Directory.LeaveAsync(identity.Id, CancellationToken.None).WaitAsync(LeavePatience, time);
        }
        catch (Exception exception)
        {
            LogLeftUnheard(exception.Message);
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

    // At each try while the cluster is out of reach, which others tell louder.
    [LoggerMessage(Level = LogLevel.Information, Message = "The directory of gateways did not hear of this one: {Reason}")]
    private partial void LogNotHeard(string reason);

    [LoggerMessage(Level = LogLevel.Debug, Message = "The directory of gateways did not hear that this one leaves: {Reason}")]
    private partial void LogLeftUnheard(string reason);
}
