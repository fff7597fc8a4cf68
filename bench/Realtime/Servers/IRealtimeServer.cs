using JubileeVerse.Bench.Realtime.Connections;

namespace JubileeVerse.Bench.Realtime.Servers;

/// <summary>A server of two processes: one with the connections, and one that publishes messages.</summary>
internal interface IRealtimeServer : IAsyncDisposable
{
    string Name { get; }

    /// <summary>The address of the process with the connections.</summary>
    Uri Address { get; }

    /// <summary>The id of the process with the connections.</summary>
    int ProcessId { get; }

    ClientProtocol Protocol { get; }

    Task<IReadOnlyList<Visitor>> SignInVisitorsAsync(int count, CancellationToken cancellationToken);

    /// <summary>Forces a garbage collection in the process with the connections.</summary>
    Task CollectAsync(CancellationToken cancellationToken);

    /// <summary>Sends a message to all connections. Returns when the server has accepted it.</summary>
    Task BroadcastAsync(string text, CancellationToken cancellationToken);

    /// <summary>Subscribes a connection to the topic of its user.</summary>
    Task<Visitor> FollowAsync(RawConnection link, Visitor visitor, CancellationToken cancellationToken);

    /// <summary>Requests a reply of the model on the visitor's topic.</summary>
    Task PostAsync(Visitor visitor, CancellationToken cancellationToken);
}
