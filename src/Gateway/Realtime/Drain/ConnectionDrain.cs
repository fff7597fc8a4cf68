using JubileeVerse.Gateway.Realtime.Connections;
using JubileeVerse.Rules;
using JubileeVerse.ServiceDefaults.Drain;
using Microsoft.Extensions.Options;

namespace JubileeVerse.Gateway.Realtime.Drain;

/// <summary>
/// Drains the connections of this gateway, of every transport. After a delay in which everything is still accepted, idle connections are
/// closed in slices; connections with a running reply are closed last, so that they can receive its end. The drain ends as soon as no
/// connection is left.
/// </summary>
/// <remarks>
/// The stream of one reply ends with the reply. Any other connection is closed once it is idle. Connections whose reply is still running
/// near the end of the drain are closed in slices too, so that they do not reconnect to the other gateways at the same moment. A host
/// that stops without a drain, or cuts it short, closes all connections at once; each receives a closing frame, and none is reset.
/// </remarks>
internal sealed partial class ConnectionDrain(
    LiveConnections connections,
    IHostApplicationLifetime lifetime,
    IOptions<ConnectionDrainOptions> options,
    TimeProvider time,
    Random random,
    ILogger<ConnectionDrain> logger) : IDrainStep, IHostedService
{
    /// <summary>A slice is a hundredth of the connections, and reconnecting clients add a second of jitter.</summary>
    private const int Slices = 100;

    /// <summary>The last quarter of the time for running replies, in which connections whose reply still runs are closed.</summary>
    private const int LastSlices = Slices / 4;

    public string Name => "connections";

    public Task StartAsync(CancellationToken cancellationToken)
    {
        lifetime.ApplicationStopping.Register(() => connections.CloseAll(CloseCodes.Drain));
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task DrainAsync(CancellationToken cancellationToken)
    {
        var drain = options.Value;
        LogStarted(connections.Count().Connections);
        if (drain.DrainDelay > TimeSpan.Zero)
            await Task.Delay(drain.DrainDelay, time, cancellationToken);

        connections.RejectNew(CloseCodes.Drain);
        var startedAt = time.GetTimestamp();
        for (var slice = 0; slice < Slices && !IsEmpty; slice++)
        {
            Close(connections.GetIdle(), Slices - slice);
            await WaitAsync(Next(drain.DrainWindow, slice) - time.GetElapsedTime(startedAt), cancellationToken);
        }

        for (var slice = 0; slice < Slices && !IsEmpty; slice++)
        {
            Close(connections.GetIdle(), slicesLeft: 1);
            if (Slices - slice <= LastSlices)
                Close(connections.GetOpen(), Slices - slice);
            await WaitAsync(drain.DrainWindow + Next(drain.DrainReplies, slice) - time.GetElapsedTime(startedAt), cancellationToken);
        }

        LogEnded(connections.Count().Connections);
        connections.CloseAll(CloseCodes.Drain);
    }

    private bool IsEmpty => connections.WhenEmptyAsync().IsCompleted;

    /// <summary>When the slice after this one starts: at a random moment of the slice's share of the time.</summary>
    private TimeSpan Next(TimeSpan whole, int slice) => whole * ((slice + random.NextDouble()) / Slices);

    /// <summary>
    /// Closes one slice: 1 / <paramref name="slicesLeft"/> of the connections. The caller passes the current connections for each slice,
    /// because replies start and end meanwhile.
    /// </summary>
    private void Close(LiveConnection[] all, int slicesLeft)
    {
        var count = (all.Length + slicesLeft - 1) / slicesLeft;
        random.Shuffle(all);
        foreach (var connection in all.AsSpan(0, count))
            connection.Close(CloseCodes.Drain);
    }

    /// <summary>Waits until the time has passed or no connection is left.</summary>
    private async Task WaitAsync(TimeSpan wait, CancellationToken cancellationToken)
    {
        if (wait <= TimeSpan.Zero || IsEmpty)
            return;

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await Task.WhenAny(connections.WhenEmptyAsync(), Task.Delay(wait, time, limit.Token));
        await limit.CancelAsync();
        cancellationToken.ThrowIfCancellationRequested();
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Draining {Connections} connections.")]
    private partial void LogStarted(int connections);

    [LoggerMessage(
        Level = LogLevel.Information,
        Message = "The drain of connections has ended; the {Connections} connections that are still open are closed now.")]
    private partial void LogEnded(int connections);
}
