using JubileeVerse.Queues.Jobs;

namespace JubileeVerse.Replies;

/// <summary>Completes a reply with its whole text.</summary>
[GenerateSerializer, Immutable, Alias("CompleteReply")]
public sealed record CompleteReply(ReplyId ReplyId, JobLease Lease, int Attempt, string Text, string? Language, TokenUsage Usage);
