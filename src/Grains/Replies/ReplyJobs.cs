using JubileeVerse.Accounts;
using JubileeVerse.Conversations;
using JubileeVerse.Queues;

namespace JubileeVerse.Replies;

/// <summary>Makes the jobs of the <c>ai-response</c> queue.</summary>
internal static class ReplyJobs
{
    /// <summary>A job with the reply's id; replies of one conversation are made one after the other, in the order of their ordinals.</summary>
    public static Job For(ReplyId reply, ConversationHead head, long ordinal, Admission admission, QueueOptions queue, DateTimeOffset now) => new(
        JobId.Of(reply),
        QueueNames.AiResponse,
        "generate-response",
        head.Owner.ToString(),
        head.Conversation.Id.ToString(),
        ordinal,
        admission.Priority,
        admission.Weight,
        new ReplyJobPayload(head.Conversation.Id, reply).ToJson(),
        queue.Attempts,
        queue.BackoffMs,
        now.ToUnixTimeMilliseconds(),
        (now + queue.Deadline)?.ToUnixTimeMilliseconds());
}
