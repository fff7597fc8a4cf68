using JubileeVerse.ServiceDefaults.Drain;
using Microsoft.Extensions.Options;

namespace JubileeVerse.Gateway.Realtime;

/// <summary>
/// Parts from this gateway's streams: for a while all goes on, then idle streams are told to go elsewhere, a slice at a time, and
/// those of a running reply come last, with time to hear its end. Over as soon as no stream is left.
/// </summary>
/// <remarks>
/// A host that stops for another reason, or is hurried, closes all streams at once: each is told so, and none is cut.
/// </remarks>
internal sealed partial class ConnectionDrain(
    LiveConnections connections,
    IHostApplicationLifetime lifetime,
    IOptions<ConnectionDrainOptions> options,
    TimeProvider time,
    ILogger<ConnectionDrain> logger) : IDrainStep, IHostedService
{
    /// <summary>A hundredth of the streams at a time: what comes back with a second of jitter is no wave.</summary>
    private const int Slices = 100;

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
            CloseSlice(Slices - slice);
            var next = drain.DrainWindow * ((slice + Jitter()) / Slices);
            await WaitAsync(next - time.GetElapsedTime(begun), cancellationToken);
        }

        await WaitAsync(drain.DrainWindow + drain.DrainReplies - time.GetElapsedTime(begun), cancellationToken);
        LogEnds(connections.Count().Connections);
        connections.CloseAll(CloseCodes.Drain);
    }

    private bool IsEmpty => connections.WhenEmptyAsync().IsCompleted;

    /// <summary>Some of the idle ones, so that the rest takes as many slices as are left. They are asked for anew each time: replies start and end.</summary>
    private void CloseSlice(int slicesLeft)
    {
        var idle = connections.Idle();
        var count = (idle.Length + slicesLeft - 1) / slicesLeft;
        Random.Shared.Shuffle(idle);
        foreach (var connection in idle.AsSpan(0, count))
            connection.Close(CloseCodes.Drain);
    }

    /// <summary>Until the time has passed or no stream is left.</summary>
    private async Task WaitAsync(TimeSpan wait, CancellationToken cancellationToken)
    {
        if (wait <= TimeSpan.Zero || IsEmpty)
            return;

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await Task.WhenAny(connections.WhenEmptyAsync(), Task.Delay(wait, time, limit.Token));
        await limit.CancelAsync();
        cancellationToken.ThrowIfCancellationRequested();
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Parting from {Connections} streams.")]
    private partial void LogBegins(int connections);

    [LoggerMessage(Level = LogLevel.Information, Message = "{Connections} streams are left and are closed now.")]
    private partial void LogEnds(int connections);
}
