using JubileeVerse.Accounts;
using JubileeVerse.Operations;
using JubileeVerse.Queues.Jobs;
using JubileeVerse.Realtime;
using JubileeVerse.Replies;
using Orleans.Concurrency;

namespace JubileeVerse.Conversations;

/// <summary>
/// One conversation: the order of its messages, its open replies with their text so far, and its channel. Key: conversation id.
/// Methods with a user id throw <c>NotFound</c> if the conversation does not exist, was deleted, or belongs to another user.
/// </summary>
[Alias("IConversationGrain")]
public interface IConversationGrain : IGrainWithGuidKey
{
    /// <summary>A repeated call returns the stored conversation.</summary>
    [Idempotent, Alias("CreateAsync")]
    Task<Conversation> CreateAsync(CreateConversation command, CancellationToken cancellationToken);

    /// <summary>
    /// Returns after the commit. Refuses with <c>ReplyInProgress</c>, <c>IdempotencyMismatch</c> or the refusal of the admission.
    /// </summary>
    [Idempotent, Alias("PostAsync")]
    Task<PostResult> PostAsync(PostMessage command, CancellationToken cancellationToken);

    /// <summary>Requests new replies to a user's message. Earlier replies are kept as its variants.</summary>
    [Idempotent, Alias("RegenerateAsync")]
    Task<PostResult> RegenerateAsync(UserId userId, MessageId messageId, string clientKey, CancellationToken cancellationToken);

    [Idempotent, Alias("UpdateAsync")]
    Task<Conversation> UpdateAsync(UserId userId, ConversationChange change, CancellationToken cancellationToken);

    /// <summary>
    /// Deletes the conversation and cancels its open replies. A conversation that its owner has already deleted stays unchanged.
    /// </summary>
    [Idempotent, Alias("DeleteAsync")]
    Task DeleteAsync(UserId userId, CancellationToken cancellationToken);

    [Idempotent, Alias("MarkReadAsync")]
    Task MarkReadAsync(UserId userId, long seq, CancellationToken cancellationToken);

    /// <summary>Idempotent; valid before the reply has started. The partial text is kept.</summary>
    [Idempotent, Alias("CancelReplyAsync")]
    Task<Reply> CancelReplyAsync(UserId userId, ReplyId replyId, CancellationToken cancellationToken);

    /// <summary>A reply with its current text and position in the queue.</summary>
    [AlwaysInterleave, Idempotent, Alias("GetReplyAsync")]
    Task<Reply> GetReplyAsync(UserId userId, ReplyId replyId, CancellationToken cancellationToken);

    /// <summary>A worker begins (or begins again) to generate a reply.</summary>
    [Alias("BeginReplyAsync")]
    Task<BeginReplyResult> BeginReplyAsync(ReplyId replyId, JobLease lease, int attempt, CancellationToken cancellationToken);

    /// <summary>Appends text to a running reply. It changes memory only, so it never waits for the commit of another call.</summary>
    [AlwaysInterleave, Alias("AppendReplyAsync")]
    ValueTask<AppendReplyResult> AppendReplyAsync(ReplyId replyId, JobLease lease, int textOffset, string text);

    /// <summary>Completes a reply. The completion is committed before it is published, and the first completion wins.</summary>
    [Alias("CompleteReplyAsync")]
    Task<EndReplyResult> CompleteReplyAsync(CompleteReply command, CancellationToken cancellationToken);

    /// <summary>An attempt failed and another one will follow. This is published to clients but not stored.</summary>
    [AlwaysInterleave, Alias("ReplyRetryingAsync")]
    Task ReplyRetryingAsync(ReplyId replyId, int nextAttempt, TimeSpan delay);

    /// <summary>The queue position of a waiting reply has changed. This is published to clients but not stored.</summary>
    [AlwaysInterleave, Alias("ReplyMovedAsync")]
    Task ReplyPositionChangedAsync(ReplyId replyId, int position, int? etaSeconds);

    /// <summary>The reply's job ended without a completed reply. Idempotent: a reply that has ended stays unchanged.</summary>
    [Alias("ReplyJobEndedAsync")]
    Task ReplyJobEndedAsync(ReplyId replyId, ReplyStatus status, string code, string text, CancellationToken cancellationToken);

    /// <summary>
    /// Queues a failed reply again on behalf of an operator; its job will run. Returns false if the reply has not failed or its
    /// conversation was deleted. A reply that is already open stays open.
    /// </summary>
    [Alias("ReopenReplyAsync")]
    Task<bool> ReopenReplyAsync(ReplyId replyId, CancellationToken cancellationToken);

    /// <summary>Subscribes this gateway to the channel's frames, and returns the current position and the open replies.</summary>
    [AlwaysInterleave, Alias("AttachAsync")]
    Task<ChannelAttachment> AttachAsync(GatewaySubscription gateway);

    [AlwaysInterleave, Alias("DetachAsync")]
    Task DetachAsync(GatewayId gateway, long generation);
}
