using JubileeVerse.Replies;

namespace JubileeVerse.Conversations.Writing;

/// <summary>The end of a reply.</summary>
internal sealed record EndedReply(
    ReplyId Id,
    ReplyStatus Status,
    int Attempt,
    string? Text,
    TokenUsage? Usage,
    ReplyError? Error,
    DateTimeOffset? StartedAt,
    DateTimeOffset EndedAt);
