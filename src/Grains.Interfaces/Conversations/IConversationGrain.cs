using JubileeVerse.Accounts;
using JubileeVerse.Operations;
using JubileeVerse.Queues;
using JubileeVerse.Realtime;
using JubileeVerse.Replies;
using Orleans.Concurrency;

namespace JubileeVerse.Conversations;

/// <summary>
/// One conversation: the order of its messages, its open replies with their text so far, and its channel. Key: conversation id.
/// Calls of a person throw <c>NotFound</c> for a conversation that is not there, was deleted, or is another's.
/// </summary>
[Alias("IConversationGrain")]
public interface IConversationGrain : IGrainWithGuidKey
{
    /// <summary>Repeating it answers with the stored one.</summary>
    [Idempotent, Alias("CreateAsync")]
    Task<Conversation> CreateAsync(CreateConversation command, CancellationToken cancellationToken);

    /// <summary>Answers after the commit. Refuses with <c>ReplyInProgress</c>, <c>IdempotencyMismatch</c> or what admission said.</summary>
    [Idempotent, Alias("PostAsync")]
    Task<PostResult> PostAsync(PostMessage command, CancellationToken cancellationToken);

    /// <summary>Asks for the replies to a person's message once more; older answers stay as siblings.</summary>
    [Idempotent, Alias("RegenerateAsync")]
    Task<PostResult> RegenerateAsync(UserId userId, MessageId messageId, string clientKey, CancellationToken cancellationToken);

    [Idempotent, Alias("UpdateAsync")]
    Task<Conversation> UpdateAsync(UserId userId, ConversationChange change, CancellationToken cancellationToken);

    /// <summary>Gone for everyone at once; open replies are cancelled. Nothing happens to one that its owner has deleted already.</summary>
    [Idempotent, Alias("DeleteAsync")]
    Task DeleteAsync(UserId userId, CancellationToken cancellationToken);

    [Idempotent, Alias("MarkReadAsync")]
    Task MarkReadAsync(UserId userId, long seq, CancellationToken cancellationToken);

    /// <summary>Idempotent; valid before the reply has started. The partial text is kept.</summary>
    [Idempotent, Alias("CancelReplyAsync")]
    Task<Reply> CancelReplyAsync(UserId userId, ReplyId replyId, CancellationToken cancellationToken);

    /// <summary>A reply with its live text and place in the queue.</summary>
    [AlwaysInterleave, Idempotent, Alias("GetReplyAsync")]
    Task<Reply> GetReplyAsync(UserId userId, ReplyId replyId, CancellationToken cancellationToken);

    /// <summary>A worker starts (or starts again) to make a reply.</summary>
    [Alias("BeginReplyAsync")]
    Task<BeginReplyResult> BeginReplyAsync(ReplyId replyId, JobLease lease, int attempt, CancellationToken cancellationToken);

    /// <summary>More text of a running reply. Touches memory only, so it never waits for another call's commit.</summary>
    [AlwaysInterleave, Alias("AppendReplyAsync")]
    ValueTask<AppendReplyResult> AppendReplyAsync(ReplyId replyId, JobLease lease, int textOffset, string text);

    /// <summary>The reply's end, committed before it is told: the first completion stands.</summary>
    [Alias("CompleteReplyAsync")]
    Task<EndReplyResult> CompleteReplyAsync(CompleteReply command, CancellationToken cancellationToken);

    /// <summary>An attempt failed and another will follow. Told to clients, stored nowhere.</summary>
    [AlwaysInterleave, Alias("ReplyRetryingAsync")]
    Task ReplyRetryingAsync(ReplyId replyId, int nextAttempt, TimeSpan delay);

    /// <summary>A waiting reply has come nearer. Told to clients, stored nowhere.</summary>
    [AlwaysInterleave, Alias("ReplyMovedAsync")]
    Task ReplyMovedAsync(ReplyId replyId, int position, int? etaSeconds);

    /// <summary>The reply's job ended without an answer. Idempotent: a reply that has ended stays as it is.</summary>
    [Alias("ReplyJobEndedAsync")]
    Task ReplyJobEndedAsync(ReplyId replyId, ReplyStatus status, string code, string text, CancellationToken cancellationToken);

    /// <summary>
    /// An operator tries a failed reply again: it is queued once more, and its job will run. False: it has not failed, or its conversation is gone.
    /// One that is open already stays so.
    /// </summary>
    [Alias("ReopenReplyAsync")]
    Task<bool> ReopenReplyAsync(ReplyId replyId, CancellationToken cancellationToken);

    /// <summary>Sends the channel's frames to this gateway from now on, and answers with where things stand.</summary>
    [AlwaysInterleave, Alias("AttachAsync")]
    Task<ChannelAttachment> AttachAsync(GatewaySubscription gateway);

    [AlwaysInterleave, Alias("DetachAsync")]
    Task DetachAsync(GatewayId gateway, long generation);
}
