using JubileeVerse.Bench.Realtime.Servers;

namespace JubileeVerse.Bench.Realtime.Links;

/// <summary>Streams of server-sent events, each of a person of its own.</summary>
internal sealed class EventCrowd : IAsyncDisposable
{
    private const int OpeningAtOnce = 32;

    private readonly EventLink[] _links;

    private EventCrowd(EventLink[] links) => _links = links;

    public static async Task<EventCrowd> GatherAsync(
        Uri address, string path, IReadOnlyList<Visitor> visitors, CancellationToken cancellationToken)
    {
        var links = new EventLink[visitors.Count];
        var options = new ParallelOptions { MaxDegreeOfParallelism = OpeningAtOnce, CancellationToken = cancellationToken };
        await Parallel.ForAsync(0, links.Length, options, async (i, token) =>
            links[i] = await EventLink.OpenAsync(address, path, visitors[i].Cookie, token));
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
