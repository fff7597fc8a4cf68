using JubileeVerse.Accounts;
using JubileeVerse.Conversations;
using JubileeVerse.Queues;
using JubileeVerse.Queues.Configuration;
using JubileeVerse.Queues.Jobs;

namespace JubileeVerse.Replies;

/// <summary>Creates the jobs of the <c>ai-response</c> queue.</summary>
internal static class ReplyJobFactory
{
    /// <summary>
    /// Creates a job with the reply's id. Replies of one conversation are generated one after the other, in the order of their ordinals.
    /// </summary>
    public static Job Create(
        ReplyId reply, ConversationHead head, long ordinal, Admission admission, QueueOptions queue, DateTimeOffset now) => new(
        JobId.From(reply),
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
