using JubileeVerse.Bench.Realtime.Servers;

namespace JubileeVerse.Bench.Realtime.Connections;

/// <summary>Streams of server-sent events, each of a different user.</summary>
internal sealed class EventConnectionGroup : IAsyncDisposable
{
    private const int MaxParallelOpens = 32;

    private readonly EventConnection[] _streams;

    private EventConnectionGroup(EventConnection[] streams) => _streams = streams;

    public static async Task<EventConnectionGroup> OpenAsync(
        Uri address, string path, IReadOnlyList<Visitor> visitors, CancellationToken cancellationToken)
    {
        var streams = new EventConnection[visitors.Count];
        var options = new ParallelOptions { MaxDegreeOfParallelism = MaxParallelOpens, CancellationToken = cancellationToken };
        await Parallel.ForAsync(0, streams.Length, options, async (i, token) =>
            streams[i] = await EventConnection.OpenAsync(address, path, visitors[i].Cookie, token));
        return new EventConnectionGroup(streams);
    }

    /// <summary>Throws if a stream was closed, because the result would then be of fewer streams than reported.</summary>
    public void EnsureOpen()
    {
        var open = _streams.Count(stream => stream.IsOpen);
        if (open != _streams.Length)
            throw new InvalidOperationException($"{_streams.Length - open} of {_streams.Length} streams were closed by the server.");
    }

    public ValueTask DisposeAsync()
    {
        foreach (var stream in _streams)
            stream.Dispose();
        return ValueTask.CompletedTask;
    }
}
