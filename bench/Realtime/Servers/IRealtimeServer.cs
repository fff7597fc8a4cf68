using JubileeVerse.Bench.Realtime.Links;

namespace JubileeVerse.Bench.Realtime.Servers;

/// <summary>Two processes: one that has the links, and one that what they hear comes from.</summary>
internal interface IRealtimeServer : IAsyncDisposable
{
    string Name { get; }

    /// <summary>Of the process that has the links.</summary>
    Uri Address { get; }

    /// <summary>The process that has the links.</summary>
    int ProcessId { get; }

    LinkDialect Dialect { get; }

    Task<IReadOnlyList<Visitor>> ArriveAsync(int count, CancellationToken cancellationToken);

    /// <summary>Lets the process that has the links collect its garbage.</summary>
    Task CollectAsync(CancellationToken cancellationToken);

    /// <summary>Tells every link; returns when the server has taken it.</summary>
    Task BroadcastAsync(string text, CancellationToken cancellationToken);

    /// <summary>The link hears the topic of its person from now on.</summary>
    Task<Visitor> FollowAsync(RawLink link, Visitor visitor, CancellationToken cancellationToken);

    /// <summary>The model is asked to answer there.</summary>
    Task AskAsync(Visitor visitor, CancellationToken cancellationToken);
}
