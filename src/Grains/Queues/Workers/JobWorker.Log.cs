using JubileeVerse.Queues.Jobs;
using Microsoft.Extensions.Logging;

namespace JubileeVerse.Queues.Workers;

internal sealed partial class JobWorker
{
    [LoggerMessage(
        Level = LogLevel.Information,
        Message = "{JobCount} running jobs of queue {Queue} did not end within the grace period; they are returned to the queue.")]
    private partial void LogHandingBack(int jobCount, string queue);

    [LoggerMessage(
        Level = LogLevel.Error,
        Message = "{JobCount} runs of queue {Queue} ignore their cancellation token; their jobs are returned and may run twice.")]
    private partial void LogCancellationIgnored(int jobCount, string queue);

    [LoggerMessage(Level = LogLevel.Error, Message = "A cancellation callback of job {Job} of queue {Queue} failed.")]
    private partial void LogCancellationCallbackFailed(Exception exception, JobId job, string queue);

    // This is a warning, because the queue may be moving to another silo: runs continue, and the next poll follows at once.
    [LoggerMessage(Level = LogLevel.Warning, Message = "Queue {Queue} could not be polled for work; the poll is retried.")]
    private partial void LogPollFailed(Exception exception, string queue);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Attempt {Attempt} of {Attempts} of job {Job} of queue {Queue} failed.")]
    private partial void LogAttemptFailed(Exception exception, JobId job, string queue, int attempt, int attempts);
}
