using JubileeVerse.Conversations;
using JubileeVerse.Queues;
using JubileeVerse.Queues.Completion;
using JubileeVerse.Queues.Jobs;

namespace JubileeVerse.Replies;

/// <summary>Notifies a conversation of the end of a reply's job, so that no reply stays "generating" forever.</summary>
internal sealed class ReplyJobListener(IGrainFactory grains) : IJobListener
{
    private const string FailureDetail = "The reply could not be generated. Please try again.";

    public string Queue => QueueNames.AiResponse;

    public Task JobEndedAsync(JobId id, string? orderKey, JobState state, string? failure, CancellationToken cancellationToken)
    {
        // The cause is in the job's row and in the log. Clients do not get it, because it may name providers.
        var status = state == JobState.Cancelled ? ReplyStatus.Cancelled : ReplyStatus.Failed;
        return Find(id, orderKey) is var (conversation, reply)
            ? conversation.ReplyJobEndedAsync(
                reply, status, Errors.ErrorCodeText.For(ErrorCode.ReplyFailed), FailureDetail, cancellationToken)
            : Task.CompletedTask;
    }

    public Task<bool> JobReopeningAsync(JobId id, string? orderKey, CancellationToken cancellationToken) =>
        Find(id, orderKey) is var (conversation, reply)
            ? conversation.ReopenReplyAsync(reply, cancellationToken)
            : Task.FromResult(true);

    public Task JobRetryingAsync(JobId id, string? orderKey, int nextAttempt, TimeSpan delay) =>
        Find(id, orderKey) is var (conversation, reply) ? conversation.ReplyRetryingAsync(reply, nextAttempt, delay) : Task.CompletedTask;

    public Task JobMovedAsync(JobId id, string? orderKey, int position, int? etaSeconds) =>
        Find(id, orderKey) is var (conversation, reply)
            ? conversation.ReplyPositionChangedAsync(reply, position, etaSeconds)
            : Task.CompletedTask;

    /// <summary>Returns null for a job that no conversation has created, such as a scheduled one.</summary>
    private (IConversationGrain Conversation, ReplyId Reply)? Find(JobId id, string? orderKey) =>
        ReplyId.TryParse(id.Value, null, out var reply) && ConversationId.TryParse(orderKey, null, out var conversation)
            ? (grains.GetGrain<IConversationGrain>(conversation.Value), reply)
            : null;
}
