using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace JubileeVerse.Storage;

/// <summary>
/// Removes from the store, period by period, what has had its time. Every silo does; what one has removed the others do not find.
/// </summary>
/// <param name="subject">What it removes, as the log calls it.</param>
internal abstract partial class StoreSweeper(TimeSpan period, string subject, IWriteBatcher writes, TimeProvider time, ILogger logger)
    : BackgroundService
{
    /// <summary>What removes one piece of each kind, in order and each for itself. Each is bounded: more would hold up the batch that it shares.</summary>
    protected abstract IEnumerable<Statement> Removals(DateTimeOffset now);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(period, time);
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

    internal async Task SweepAsync(CancellationToken cancellationToken)
    {
        try
        {
            foreach (var removal in Removals(time.GetUtcNow()))
                await writes.CommitAsync(new WriteUnit(removal), cancellationToken);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            LogFailed(exception, subject);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Subject} could not be removed; the next round tries again.")]
    private partial void LogFailed(Exception exception, string subject);
}
