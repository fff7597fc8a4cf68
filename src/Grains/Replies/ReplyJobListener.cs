using JubileeVerse.Conversations;
using JubileeVerse.Queues;

namespace JubileeVerse.Replies;

/// <summary>Tells a conversation what became of a reply's job, so that no reply stays "generating" for ever.</summary>
internal sealed class ReplyJobListener(IGrainFactory grains) : IJobListener
{
    private const string FailedText = "The answer could not be made. Please try again.";

    public string Queue => QueueNames.AiResponse;

    public Task JobEndedAsync(JobId id, string? orderKey, JobState state, string? failure, CancellationToken cancellationToken)
    {
        // Why it failed is in the job's row and the log; it may name providers, so it is not for clients.
        var status = state == JobState.Cancelled ? ReplyStatus.Cancelled : ReplyStatus.Failed;
        return Find(id, orderKey) is var (conversation, reply)
            ? conversation.ReplyJobEndedAsync(reply, status, Errors.ErrorCodeText.Of(ErrorCode.ReplyFailed), FailedText, cancellationToken)
            : Task.CompletedTask;
    }

    public Task<bool> JobReopeningAsync(JobId id, string? orderKey, CancellationToken cancellationToken) =>
        Find(id, orderKey) is var (conversation, reply) ? conversation.ReopenReplyAsync(reply, cancellationToken) : Task.FromResult(true);

    public Task JobRetryingAsync(JobId id, string? orderKey, int nextAttempt, TimeSpan delay) =>
        Find(id, orderKey) is var (conversation, reply) ? conversation.ReplyRetryingAsync(reply, nextAttempt, delay) : Task.CompletedTask;

    public Task JobMovedAsync(JobId id, string? orderKey, int position, int? etaSeconds) =>
        Find(id, orderKey) is var (conversation, reply) ? conversation.ReplyMovedAsync(reply, position, etaSeconds) : Task.CompletedTask;

    /// <summary>Null: nobody waits for a job that no conversation has made, such as one of a schedule.</summary>
    private (IConversationGrain Conversation, ReplyId Reply)? Find(JobId id, string? orderKey) =>
        ReplyId.TryParse(id.Value, null, out var reply) && ConversationId.TryParse(orderKey, null, out var conversation)
            ? (grains.GetGrain<IConversationGrain>(conversation.Value), reply)
            : null;
}
