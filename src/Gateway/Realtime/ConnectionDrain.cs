using JubileeVerse.ServiceDefaults.Drain;
using Microsoft.Extensions.Options;

namespace JubileeVerse.Gateway.Realtime;

/// <summary>
/// Parts from this gateway's connections, whatever they are made of: for a while all goes on, then idle ones are told to go elsewhere, a slice at a
/// time, and those of a running reply come last, with time to hear its end. Over as soon as none is left.
/// </summary>
/// <remarks>
/// The stream of one reply ends with it. A link does not: it is told to go once it is idle. Those whose reply is still running near the end are
/// told in slices again, so that they come to the others as no wave either. A host that stops for another reason, or is hurried, closes all
/// at once: each is told so, and none is cut.
/// </remarks>
internal sealed partial class ConnectionDrain(
    LiveConnections connections,
    IHostApplicationLifetime lifetime,
    IOptions<ConnectionDrainOptions> options,
    TimeProvider time,
    ILogger<ConnectionDrain> logger) : IDrainStep, IHostedService
{
    /// <summary>A hundredth of the connections at a time: what comes back with a second of jitter is no wave.</summary>
    private const int Slices = 100;

    /// <summary>Of the time for running replies the last quarter: those that run for longer than that are parted from in it.</summary>
    private const int LastSlices = Slices / 4;

    public string Name => "connections";

    /// <summary>Where in its slice a closing falls, from 0 to 1.</summary>
    internal Func<double> Jitter { get; init; } = Random.Shared.NextDouble;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        lifetime.ApplicationStopping.Register(() => connections.CloseAll(CloseCodes.Drain));
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task DrainAsync(CancellationToken cancellationToken)
    {
        var drain = options.Value;
        LogBegins(connections.Count().Connections);
        if (drain.DrainDelay > TimeSpan.Zero)
            await Task.Delay(drain.DrainDelay, time, cancellationToken);

        connections.TurnAway(CloseCodes.Drain);
        var begun = time.GetTimestamp();
        for (var slice = 0; slice < Slices && !IsEmpty; slice++)
        {
            Close(connections.Idle(), Slices - slice);
            await WaitAsync(Next(drain.DrainWindow, slice) - time.GetElapsedTime(begun), cancellationToken);
        }

        for (var slice = 0; slice < Slices && !IsEmpty; slice++)
        {
            Close(connections.Idle(), slicesLeft: 1);
            if (Slices - slice <= LastSlices)
                Close(connections.Open(), Slices - slice);
            await WaitAsync(drain.DrainWindow + Next(drain.DrainReplies, slice) - time.GetElapsedTime(begun), cancellationToken);
        }

        LogEnds(connections.Count().Connections);
        connections.CloseAll(CloseCodes.Drain);
    }

    private bool IsEmpty => connections.WhenEmptyAsync().IsCompleted;

    private TimeSpan Next(TimeSpan whole, int slice) => whole * ((slice + Jitter()) / Slices);

    /// <summary>
    /// Some of them, so that the rest takes as many slices as are left. Which they are is asked for anew each time: replies start and end.
    /// </summary>
    private static void Close(LiveConnection[] all, int slicesLeft)
    {
        var count = (all.Length + slicesLeft - 1) / slicesLeft;
        Random.Shared.Shuffle(all);
        foreach (var connection in all.AsSpan(0, count))
            connection.Close(CloseCodes.Drain);
    }

    /// <summary>Until the time has passed or no connection is left.</summary>
    private async Task WaitAsync(TimeSpan wait, CancellationToken cancellationToken)
    {
        if (wait <= TimeSpan.Zero || IsEmpty)
            return;

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await Task.WhenAny(connections.WhenEmptyAsync(), Task.Delay(wait, time, limit.Token));
        await limit.CancelAsync();
        cancellationToken.ThrowIfCancellationRequested();
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Parting from {Connections} connections.")]
    private partial void LogBegins(int connections);

    [LoggerMessage(Level = LogLevel.Information, Message = "{Connections} connections have not ended yet.")]
    private partial void LogEnds(int connections);
}
