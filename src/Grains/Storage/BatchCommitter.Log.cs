using Microsoft.Extensions.Logging;

namespace JubileeVerse.Storage;

internal sealed partial class BatchCommitter
{
    [LoggerMessage(LogLevel.Debug, "A batch of {Units} units was refused and is halved: {Reason}")]
    private static partial void LogHalved(ILogger logger, int units, string reason);

    [LoggerMessage(LogLevel.Warning, "The store does not answer; its writer tries again")]
    private static partial void LogLost(ILogger logger, Exception? exception);

    [LoggerMessage(LogLevel.Information, "The store answers again")]
    private static partial void LogBack(ILogger logger);

    [LoggerMessage(LogLevel.Information, "Batch {Number} of {Units} units had been committed although the answer was lost")]
    private static partial void LogCommitFound(ILogger logger, long number, int units);

    [LoggerMessage(LogLevel.Error, "The store has not answered for {Limit}: writes are refused until it does")]
    private static partial void LogGivenUp(ILogger logger, TimeSpan limit);
}
