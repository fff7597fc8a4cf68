namespace JubileeVerse.Replies;

/// <summary>What an answer cost.</summary>
/// <param name="Model">The model that made it.</param>
/// <param name="InputTokens">Tokens of the prompt.</param>
/// <param name="OutputTokens">Tokens of the answer.</param>
[GenerateSerializer, Immutable, Alias("TokenUsage")]
public sealed record TokenUsage(string Model, int InputTokens, int OutputTokens);
