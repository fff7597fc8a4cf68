using JubileeVerse.Replies;

namespace JubileeVerse.Conversations.Writing;

/// <summary>The end of a reply.</summary>
internal sealed record ReplyEnd(
    ReplyId Id,
    ReplyStatus Status,
    int Attempt,
    string? Text,
    TokenUsage? Usage,
    ReplyError? Error,
    DateTimeOffset? StartedAt,
    DateTimeOffset EndedAt);
