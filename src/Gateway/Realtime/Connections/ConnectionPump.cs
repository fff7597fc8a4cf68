using System.Collections.Concurrent;
using System.Threading.Channels;
using JubileeVerse.Rules;

namespace JubileeVerse.Gateway.Realtime.Connections;

/// <summary>
/// Writes to connections that have new frames, one burst at a time, with as many workers as there are processors, so that a connection
/// needs no task, queue or timer of its own. A worker never waits for a client.
/// </summary>
internal sealed partial class ConnectionPump(ReconnectDelays delays, ILogger<ConnectionPump> logger) : BackgroundService
{
    private readonly Channel<ClientConnection> _queue = Channel.CreateUnbounded<ClientConnection>();
    private readonly ConcurrentDictionary<ClientConnection, byte> _connections = new();

    /// <summary>The connections that have been started and are not disposed.</summary>
    public IEnumerable<ClientConnection> Connections => _connections.Select(pair => pair.Key);

    public ReconnectDelays ReconnectDelays => delays;

    public void Track(ClientConnection connection) => _connections[connection] = 0;

    public void Untrack(ClientConnection connection) => _connections.TryRemove(connection, out _);

    /// <summary>Queues a connection that has new frames. The connection ensures that it is in the queue at most once.</summary>
    public void Enqueue(ClientConnection connection) => _queue.Writer.TryWrite(connection);

    /// <summary>
    /// Logs a failed write. The level is debug, because most connections end this way: the client disconnects without closing.
    /// </summary>
    public void OnWriteFailed(ClientConnection connection, Exception exception) => LogFailed(exception, connection.Live.UserId.ToString());

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(Enumerable.Range(0, Environment.ProcessorCount).Select(_ => WorkAsync(stoppingToken)));

    private async Task WorkAsync(CancellationToken cancellationToken)
    {
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        var burst = new FrameBurst();
        await foreach (var connection in _queue.Reader.ReadAllAsync(cancellationToken))
        {
            try
            {
                if (connection.WritePending(burst))
                    burst.Clear();
                else
                    burst = new FrameBurst();
            }
            catch (Exception exception)
            {
                OnWriteFailed(connection, exception);
                connection.Abort(CloseCodes.Unreachable);
                burst = new FrameBurst();
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "A write to a connection of user {User} failed; the connection is reset.")]
    private partial void LogFailed(Exception exception, string user);
}
