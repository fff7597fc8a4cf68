using JubileeVerse.Gateway.Realtime.Feeds;
using JubileeVerse.Rules;
using Microsoft.Extensions.Options;

namespace JubileeVerse.Gateway.Realtime.Connections;

/// <summary>
/// Checks every connection once a second, so that no connection needs a timer: closes those whose client does not read, and lets the
/// others do the work that is due.
/// </summary>
internal sealed partial class ConnectionSweeper(
    ConnectionPump pump,
    IOptions<DeliveryOptions> delivery,
    IOptions<ClientConnectionOptions> limits,
    TimeProvider time,
    ILogger<ConnectionSweeper> logger) : BackgroundService
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(1);

    /// <summary>Checks all connections once.</summary>
    public void Sweep()
    {
        foreach (var connection in pump.Connections)
        {
            try
            {
                Sweep(connection);
            }
            catch (Exception exception)
            {
                LogSweepFailed(exception);
            }
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Period, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
            Sweep();
    }

    private void Sweep(ClientConnection connection)
    {
        var stalled = connection.StalledFor;
        if (stalled == TimeSpan.Zero)
        {
            connection.Tick();
            return;
        }

        var behind = connection.Subscriptions.UnreadBytes;
        if (stalled < delivery.Value.WriteTimeout && behind <= limits.Value.MaxBehindBytes)
            return;
        LogSlow(connection.Live.UserId.ToString(), CloseCodes.Slow, behind, stalled);
        connection.Abort(CloseCodes.Slow);
    }

    [LoggerMessage(
        Level = LogLevel.Information,
        Message = "A connection of user {User} was reset with code {Code}: it is {Bytes} bytes behind and has not read for {Stalled}.")]
    private partial void LogSlow(string user, int code, long bytes, TimeSpan stalled);

    // The exception is logged and not thrown, because a fault in one connection must not stop the check of all others.
    [LoggerMessage(Level = LogLevel.Error, Message = "The check of a connection failed; it is repeated in a second.")]
    private partial void LogSweepFailed(Exception exception);
}
