namespace JubileeVerse.Replies;

/// <summary>The token usage of a reply.</summary>
/// <param name="Model">The model that generated the reply.</param>
/// <param name="InputTokens">Tokens of the prompt.</param>
/// <param name="OutputTokens">Tokens of the reply.</param>
[GenerateSerializer, Immutable, Alias("TokenUsage")]
public sealed record TokenUsage(string Model, int InputTokens, int OutputTokens);
