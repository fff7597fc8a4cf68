using Microsoft.Extensions.Logging;

namespace JubileeVerse.Queues.Workers;

internal sealed partial class JobWorker
{
    [LoggerMessage(Level = LogLevel.Information, Message = "{Jobs} running jobs of queue {Queue} did not end in time and are handed back.")]
    private partial void LogHandingBack(int jobs, string queue);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Jobs} runs of queue {Queue} do not obey their token: they are handed back and may run twice.")]
    private partial void LogDisobedient(int jobs, string queue);

    [LoggerMessage(Level = LogLevel.Error, Message = "Job {Job} of queue {Queue} was told to stop, and what its run does then failed.")]
    private partial void LogStopFailed(Exception exception, JobId job, string queue);

    // Warning: the queue's grain may be moving; work goes on, and the next poll follows at once.
    [LoggerMessage(Level = LogLevel.Warning, Message = "Queue {Queue} could not be asked for work.")]
    private partial void LogPollFailed(Exception exception, string queue);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Job {Job} of queue {Queue} failed in attempt {Attempt} of {Attempts}.")]
    private partial void LogAttemptFailed(Exception exception, JobId job, string queue, int attempt, int attempts);
}
