using Microsoft.Extensions.Logging;

namespace JubileeVerse.Storage.Batching;

internal sealed partial class BatchCommitter
{
    [LoggerMessage(LogLevel.Debug, "The store rejected a batch of {Units} units; it is split in two: {Reason}")]
    private static partial void LogSplit(ILogger logger, int units, string reason);

    [LoggerMessage(LogLevel.Warning, "The store is unavailable; the write is retried.")]
    private static partial void LogUnavailable(ILogger logger, Exception? exception);

    [LoggerMessage(LogLevel.Information, "The store is available again.")]
    private static partial void LogAvailable(ILogger logger);

    [LoggerMessage(LogLevel.Information, "Batch {Number} of {Units} units had been committed although its response was lost.")]
    private static partial void LogCommitFound(ILogger logger, long number, int units);

    [LoggerMessage(LogLevel.Error, "The store has been unavailable for {RetryWindow}; writes fail until it responds.")]
    private static partial void LogRetryWindowPassed(ILogger logger, TimeSpan retryWindow);
}
