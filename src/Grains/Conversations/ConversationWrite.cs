using System.Collections.Immutable;
using JubileeVerse.Queues;
using JubileeVerse.Realtime;
using JubileeVerse.Replies;

namespace JubileeVerse.Conversations;

/// <summary>One atomic change of a conversation: all of it is committed, or none.</summary>
/// <param name="Head">The row after it. The unit fails as stale unless the stored version is <paramref name="FromVersion"/>.</param>
/// <param name="FromVersion">The version its writer holds.</param>
/// <param name="At">When it was decided.</param>
internal sealed record ConversationWrite(ConversationHead Head, long FromVersion, DateTimeOffset At)
{
    /// <summary>At least one, with offsets from <c>FromVersion + 1</c> to <c>Head.Version</c>: fence and history stay in step.</summary>
    public ImmutableArray<DurableFrame> Events { get; init; } = [];

    public ImmutableArray<NewMessage> Messages { get; init; } = [];

    public ImmutableArray<OpenReply> NewReplies { get; init; } = [];

    /// <summary>Failed ones that are queued once more; their jobs are the queue's.</summary>
    public ImmutableArray<OpenReply> ReopenedReplies { get; init; } = [];

    public ImmutableArray<EndedReply> EndedReplies { get; init; } = [];

    public ImmutableArray<Job> Jobs { get; init; } = [];
}

/// <summary>A message to insert.</summary>
/// <param name="Message">The message.</param>
/// <param name="ClientMessageId">The idempotency key of a person's message; null for an answer.</param>
/// <param name="RequestHash">What the key stood for, so that another body under it is noticed.</param>
internal sealed record NewMessage(Message Message, string? ClientMessageId = null, string? RequestHash = null);

/// <summary>A reply's end.</summary>
internal sealed record EndedReply(
    ReplyId Id,
    ReplyStatus Status,
    int Attempt,
    string? Text,
    TokenUsage? Usage,
    ReplyError? Error,
    DateTimeOffset? StartedAt,
    DateTimeOffset EndedAt);
