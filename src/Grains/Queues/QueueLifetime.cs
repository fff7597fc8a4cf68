using JubileeVerse.Queues.Completion;
using JubileeVerse.Queues.Dispatch;
using Microsoft.Extensions.Logging;

namespace JubileeVerse.Queues;

/// <summary>Whether one activation of a queue still dispatches, and how it stops.</summary>
/// <param name="deactivate">Deactivates the grain as soon as its calls have returned.</param>
internal sealed partial class QueueLifetime(
    string queue, Action deactivate, PollWaiters polls, CompletionWaiters completions, ILogger logger)
{
    public bool IsStopped { get; private set; }

    /// <summary>
    /// Deactivates the grain and stops dispatching: a newer activation exists, memory and store may differ after a failed write, or the
    /// lease numbers of this epoch are used up.
    /// </summary>
    public void Retire()
    {
        if (IsStopped)
            return;
        LogRetired(queue);
        deactivate();
        Stop();
    }

    /// <summary>
    /// Stops dispatching and completes all waiting calls, because a deactivation waits for the calls in progress.
    /// </summary>
    public void Stop()
    {
        IsStopped = true;
        completions.ReleaseAll();
        polls.CompleteAll();
    }

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "The activation of queue {Queue} stops dispatching and deactivates; the next one loads the jobs from the store.")]
    private partial void LogRetired(string queue);
}
