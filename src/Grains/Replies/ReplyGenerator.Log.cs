using JubileeVerse.Queues;
using Microsoft.Extensions.Logging;

namespace JubileeVerse.Replies;

internal sealed partial class ReplyGenerator
{
    [LoggerMessage(LogLevel.Warning, "The conversation of reply {ReplyId} is out of reach; the reply is begun later.")]
    private partial void LogBeginFailed(Exception exception, ReplyId replyId);

    [LoggerMessage(LogLevel.Information, "Reply {ReplyId} was stopped: {Reason}.")]
    private partial void LogStopped(ReplyId replyId, JobStopReason? reason);

    [LoggerMessage(LogLevel.Information, "Reply {ReplyId} takes no more text of this run.")]
    private partial void LogRefused(ReplyId replyId);

    // A warning: people see an error only when the attempts are gone, and the queue says that.
    [LoggerMessage(LogLevel.Warning, "Attempt {Attempt} at reply {ReplyId} failed.")]
    private partial void LogAttemptFailed(Exception exception, ReplyId replyId, int attempt);

    [LoggerMessage(LogLevel.Warning, "Reply {ReplyId} could not be completed; once more in {Wait}.")]
    private partial void LogCompleteFailed(Exception exception, ReplyId replyId, TimeSpan wait);
}
