using JubileeVerse.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace JubileeVerse.Accounts;

/// <summary>Removes expired sessions, a bounded number a minute. Every silo does; what one has removed the others do not find.</summary>
internal sealed partial class SessionSweeper(IWriteBatcher writes, TimeProvider time, ILogger<SessionSweeper> logger) : BackgroundService
{
    private static readonly TimeSpan Period = TimeSpan.FromMinutes(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Period, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
                await SweepAsync(stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host stops.
        }
    }

    private async Task SweepAsync(CancellationToken cancellationToken)
    {
        try
        {
            await writes.CommitAsync(new WriteUnit(SessionStatements.Sweep(time.GetUtcNow())), cancellationToken);
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            LogFailed(logger, e);
        }
    }

    [LoggerMessage(LogLevel.Warning, "Expired sessions could not be removed; the next minute tries again")]
    private static partial void LogFailed(ILogger logger, Exception exception);
}
