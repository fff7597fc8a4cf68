using JubileeVerse.Bench.Realtime.Servers;

namespace JubileeVerse.Bench.Realtime.Links;

/// <summary>Links, each of a person of its own, that say in time that they live.</summary>
internal sealed class LinkCrowd : IAsyncDisposable
{
    /// <summary>More at once would be refused by nobody, but would measure how a server is flooded.</summary>
    private const int OpeningAtOnce = 32;

    /// <summary>As clients of SignalR do; a part of the links each second.</summary>
    private const int PingSeconds = 15;

    private readonly LinkDialect _dialect;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _pinging;

    private LinkCrowd(LinkDialect dialect, IReadOnlyList<RawLink> links)
    {
        _dialect = dialect;
        Links = links;
        _pinging = PingAsync();
    }

    public IReadOnlyList<RawLink> Links { get; }

    public static async Task<LinkCrowd> GatherAsync(IRealtimeServer server, IReadOnlyList<Visitor> visitors, CancellationToken cancellationToken)
    {
        var links = new RawLink[visitors.Count];
        var options = new ParallelOptions { MaxDegreeOfParallelism = OpeningAtOnce, CancellationToken = cancellationToken };
        await Parallel.ForAsync(0, links.Length, options, async (i, token) =>
            links[i] = await RawLink.OpenAsync(server.Address, server.Dialect, visitors[i].Cookie, token));
        return new LinkCrowd(server.Dialect, links);
    }

    /// <summary>From now on they write there.</summary>
    public StampBoard NewBoard()
    {
        var board = new StampBoard();
        foreach (var link in Links)
            link.Board = board;
        return board;
    }

    /// <summary>A figure of fewer links than it names would be a lie.</summary>
    public void ShouldBeOpen()
    {
        var open = Links.Count(link => link.IsOpen);
        if (open != Links.Count)
            throw new InvalidOperationException($"{Links.Count - open} of {Links.Count} links were closed by the server.");
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _pinging;
        foreach (var link in Links)
            link.Dispose();
        _stop.Dispose();
    }

    private async Task PingAsync()
    {
        if (_dialect.Ping is not { } ping)
            return;
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1));
        try
        {
            for (var second = 0; await timer.WaitForNextTickAsync(_stop.Token); second++)
            {
                for (var i = second % PingSeconds; i < Links.Count; i += PingSeconds)
                {
                    if (Links[i].IsOpen)
                        await Links[i].SendAsync(ping, _stop.Token);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The crowd leaves.
        }
    }
}
