using JubileeVerse.Queues;
using Microsoft.Extensions.Logging;

namespace JubileeVerse.Replies;

internal sealed partial class ReplyGenerator
{
    [LoggerMessage(LogLevel.Warning, "The conversation of reply {ReplyId} is unavailable; the reply starts later.")]
    private partial void LogBeginFailed(Exception exception, ReplyId replyId);

    [LoggerMessage(LogLevel.Information, "The run of reply {ReplyId} was stopped: {Reason}.")]
    private partial void LogStopped(ReplyId replyId, JobStopReason? reason);

    [LoggerMessage(LogLevel.Information, "The conversation of reply {ReplyId} refused further text of this run; the job is snoozed.")]
    private partial void LogRefused(ReplyId replyId);

    // A warning, because users see an error only after the last attempt, which the queue logs.
    [LoggerMessage(LogLevel.Warning, "Attempt {Attempt} of reply {ReplyId} failed.")]
    private partial void LogAttemptFailed(Exception exception, ReplyId replyId, int attempt);

    [LoggerMessage(LogLevel.Warning, "Reply {ReplyId} could not be completed; the completion is retried in {Delay}.")]
    private partial void LogCompleteFailed(Exception exception, ReplyId replyId, TimeSpan delay);
}
