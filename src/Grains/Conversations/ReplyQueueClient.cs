using System.Collections.Immutable;
using JubileeVerse.Queues;
using JubileeVerse.Queues.Jobs;
using JubileeVerse.Replies;
using Microsoft.Extensions.Logging;

namespace JubileeVerse.Conversations;

/// <summary>
/// A conversation's calls to the queue of its replies. No command depends on them: the jobs are stored, and the queue finds them in its
/// table.
/// </summary>
internal sealed partial class ReplyQueueClient(ConversationId conversation, IQueueGrain queue, TimeProvider time, ILogger logger)
{
    /// <summary>How long an accepted post waits for the position of its jobs.</summary>
    private static readonly TimeSpan Timeout = TimeSpan.FromMilliseconds(200);

    /// <summary>
    /// Offers every open job of the conversation to the queue, so that a lost offer is repaired by the next. The result is empty when the
    /// queue does not respond in time.
    /// </summary>
    public async Task<ImmutableArray<JobStatus>> OfferAsync(ConversationState state)
    {
        ImmutableArray<Job> jobs = [.. state.Open.Select(progress => progress.Reply.Job).OfType<Job>()];
        return jobs.IsEmpty ? [] : await WaitAsync(queue.OfferAsync(jobs, CancellationToken.None), jobs.Length, otherwise: []);
    }

    /// <summary>Returns null when the queue does not have the job or does not respond in time.</summary>
    public Task<JobStatus?> GetStatusAsync(ReplyId reply) =>
        WaitAsync(queue.GetJobStatusAsync(JobId.From(reply), CancellationToken.None), jobs: 1, otherwise: null);

    /// <summary>Cancels the jobs of replies that have ended, without waiting.</summary>
    public void Cancel(IEnumerable<ReplyId> replies)
    {
        foreach (var reply in replies)
            queue.CancelAsync(JobId.From(reply), CancellationToken.None).Ignore();
    }

    private async Task<T> WaitAsync<T>(Task<T> call, int jobs, T otherwise)
    {
        try
        {
            return await call.WaitAsync(Timeout, time);
        }
        catch (Exception exception)
        {
            call.Ignore();
            LogQueueUnavailable(exception, conversation, jobs);
            return otherwise;
        }
    }

    // Information level, because the jobs are stored and the queue finds them in its table: no action is needed.
    [LoggerMessage(
        Level = LogLevel.Information,
        Message = "The queue did not respond to conversation {Conversation} about {Jobs} jobs in time; their position is unknown.")]
    private partial void LogQueueUnavailable(Exception exception, ConversationId conversation, int jobs);
}
