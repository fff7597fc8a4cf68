namespace JubileeVerse.Conversations;

/// <summary>Changed properties; null leaves one as it is.</summary>
[GenerateSerializer, Immutable, Alias("ConversationChange")]
public sealed record ConversationChange(string? Title, bool? Archived, string? Language, OnBusy? OnBusy);
