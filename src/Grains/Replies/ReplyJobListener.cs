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
        return Conversation(orderKey).ReplyJobEndedAsync(
            Reply(id), status, Errors.ErrorCodeText.Of(ErrorCode.ReplyFailed), FailedText, cancellationToken);
    }

    public Task<bool> JobReopeningAsync(JobId id, string? orderKey, CancellationToken cancellationToken) =>
        Conversation(orderKey).ReopenReplyAsync(Reply(id), cancellationToken);

    public Task JobRetryingAsync(JobId id, string? orderKey, int nextAttempt, TimeSpan delay) =>
        Conversation(orderKey).ReplyRetryingAsync(Reply(id), nextAttempt, delay);

    public Task JobMovedAsync(JobId id, string? orderKey, int position, int? etaSeconds) =>
        Conversation(orderKey).ReplyMovedAsync(Reply(id), position, etaSeconds);

    private static ReplyId Reply(JobId id) => ReplyId.Parse(id.Value);

    private IConversationGrain Conversation(string? orderKey) =>
        grains.GetGrain<IConversationGrain>(ConversationId.Parse(orderKey ?? "").Value);
}
