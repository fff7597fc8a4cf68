namespace JubileeVerse.Replies;

/// <summary>The result of a worker's request to generate a reply.</summary>
/// <param name="Decision">Whether the worker may generate the reply.</param>
/// <param name="Task">Set if the decision is <see cref="BeginReplyDecision.Proceed"/>.</param>
[GenerateSerializer, Immutable, Alias("BeginReplyResult")]
public sealed record BeginReplyResult(BeginReplyDecision Decision, ReplyTask? Task);
