using JubileeVerse.Queues;

namespace JubileeVerse.Replies;

/// <summary>A finished answer.</summary>
[GenerateSerializer, Immutable, Alias("CompleteReply")]
public sealed record CompleteReply(ReplyId ReplyId, JobLease Lease, int Attempt, string Text, string? Language, TokenUsage Usage);
