using JubileeVerse.Bench.Realtime.Servers;

namespace JubileeVerse.Bench.Realtime.Links;

/// <summary>Streams of server-sent events, each of a person of its own.</summary>
internal sealed class EventCrowd : IAsyncDisposable
{
    private const int OpeningAtOnce = 32;

    private readonly EventLink[] _links;

    private EventCrowd(EventLink[] links) => _links = links;

    /// <summary>Null where the server has no such stream.</summary>
    public static async Task<EventCrowd?> TryGatherAsync(
        Uri address, string path, IReadOnlyList<Visitor> visitors, CancellationToken cancellationToken)
    {
        if (await EventLink.OpenAsync(address, path, visitors[0].Cookie, cancellationToken) is not { } first)
            return null;
        var links = new EventLink[visitors.Count];
        links[0] = first;
        var options = new ParallelOptions { MaxDegreeOfParallelism = OpeningAtOnce, CancellationToken = cancellationToken };
        await Parallel.ForAsync(1, links.Length, options, async (i, token) =>
            links[i] = await EventLink.OpenAsync(address, path, visitors[i].Cookie, token) ?? throw new IOException("The stream is gone."));
        return new EventCrowd(links);
    }

    /// <summary>A figure of fewer links than it names would be a lie.</summary>
    public void ShouldBeOpen()
    {
        var open = _links.Count(link => link.IsOpen);
        if (open != _links.Length)
            throw new InvalidOperationException($"{_links.Length - open} of {_links.Length} streams were ended by the server.");
    }

    public ValueTask DisposeAsync()
    {
        foreach (var link in _links)
            link.Dispose();
        return ValueTask.CompletedTask;
    }
}
