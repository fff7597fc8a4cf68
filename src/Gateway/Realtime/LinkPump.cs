using System.Collections.Concurrent;
using System.Threading.Channels;

namespace JubileeVerse.Gateway.Realtime;

/// <summary>
/// Writes to links that have something to hear, one turn each, with as many workers as there are processors: not a task, queue or timer for
/// each link. A worker never waits for a client.
/// </summary>
internal sealed partial class LinkPump(ILogger<LinkPump> logger) : BackgroundService
{
    private readonly Channel<Link> _turns = Channel.CreateUnbounded<Link>();
    private readonly ConcurrentDictionary<Link, byte> _links = new();

    /// <summary>Those that have begun and are not disposed.</summary>
    public IEnumerable<Link> Links => _links.Select(pair => pair.Key);

    public void Track(Link link) => _links[link] = 0;

    public void Forget(Link link) => _links.TryRemove(link, out _);

    /// <summary>The link has something to hear. It sees to it that it is here once at most.</summary>
    public void Add(Link link) => _turns.Writer.TryWrite(link);

    /// <summary>What most links end with: their client has gone without a word.</summary>
    public void Failed(Link link, Exception exception) => LogFailed(exception, link.Connection.UserId.ToString());

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(Enumerable.Range(0, Environment.ProcessorCount).Select(_ => WorkAsync(stoppingToken)));

    private async Task WorkAsync(CancellationToken cancellationToken)
    {
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        var burst = new FrameBurst();
        await foreach (var link in _turns.Reader.ReadAllAsync(cancellationToken))
        {
            try
            {
                if (link.TakeTurn(burst))
                    burst.Clear();
                else
                    burst = new FrameBurst();
            }
            catch (Exception exception)
            {
                Failed(link, exception);
                link.GiveUp(CloseCodes.Lost);
                burst = new FrameBurst();
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "A link of user {User} could not be written to; it is cut.")]
    private partial void LogFailed(Exception exception, string user);
}
