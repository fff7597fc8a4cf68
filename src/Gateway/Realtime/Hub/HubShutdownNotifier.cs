using JubileeVerse.Gateway.Realtime.Connections;
using JubileeVerse.Rules;

namespace JubileeVerse.Gateway.Realtime.Hub;

/// <summary>
/// Closes the connections that are still open when the host begins to stop, because there was no drain or it was cut short. SignalR
/// aborts its connections at that moment, so they are sent a closing frame first, and get a moment to close their sockets properly.
/// </summary>
internal sealed class HubShutdownNotifier(LiveConnections connections, IHostApplicationLifetime lifetime) : IHostedService
{
    /// <summary>A client that is reachable closes its side well within this time.</summary>
    private static readonly TimeSpan CloseTimeout = TimeSpan.FromSeconds(2);

    /// <summary>
    /// Registers the callback after SignalR, which has registered its own when the hub was mapped, because the last registered callback
    /// runs first.
    /// </summary>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        lifetime.ApplicationStopping.Register(CloseConnections);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Blocks the thread that stops the host, because the callbacks that run after this one abort the connections.</summary>
    private void CloseConnections()
    {
        connections.CloseAll(CloseCodes.Drain);
#pragma warning disable RS0030 // A callback of the stopping host cannot be awaited.
        connections.WhenEmptyAsync().Wait(CloseTimeout);
#pragma warning restore RS0030
    }
}
