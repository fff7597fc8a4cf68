using JubileeVerse.Storage.Batching;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace JubileeVerse.Storage;

/// <summary>
/// Periodically deletes expired rows from the store. Every silo runs it; a row that one silo has deleted is not found by the others.
/// </summary>
/// <param name="subject">What is deleted, as named in the log.</param>
internal abstract partial class StoreSweeper(TimeSpan period, string subject, IWriteBatcher writes, TimeProvider time, ILogger logger)
    : BackgroundService
{
    /// <summary>
    /// Statements that each delete a bounded number of rows, executed in order, each in its own unit. They are bounded because a long
    /// statement would delay the other units of its batch.
    /// </summary>
    protected abstract IEnumerable<Statement> CreateStatements(DateTimeOffset now);

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
            // The host is stopping.
        }
    }

    internal async Task SweepAsync(CancellationToken cancellationToken)
    {
        try
        {
            foreach (var statement in CreateStatements(time.GetUtcNow()))
                await writes.CommitAsync(new WriteUnit(statement), cancellationToken);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            LogFailed(exception, subject);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Subject} could not be deleted; the next sweep retries.")]
    private partial void LogFailed(Exception exception, string subject);
}
