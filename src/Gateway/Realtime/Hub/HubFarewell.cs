namespace JubileeVerse.Gateway.Realtime.Hub;

/// <summary>
/// SignalR cuts its connections in the moment in which the host begins to stop. Who is still here then, because there was no drain or it was
/// hurried, is told first, and given a moment for the socket to be closed as sockets are.
/// </summary>
internal sealed class HubFarewell(LiveConnections connections, IHostApplicationLifetime lifetime) : IHostedService
{
    /// <summary>A client that is there has closed its side long before.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <summary>What is registered last is called first, and SignalR has registered when the hub was mapped.</summary>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        lifetime.ApplicationStopping.Register(Part);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Holds the thread that stops the host, which has nothing better to do: whatever is called after this cuts.</summary>
    private void Part()
    {
        connections.CloseAll(CloseCodes.Drain);
        connections.WhenEmptyAsync().Wait(Patience);
    }
}
