namespace JubileeVerse.Conversations;

/// <summary>A change to a conversation. Null leaves a property unchanged.</summary>
[GenerateSerializer, Immutable, Alias("ConversationChange")]
public sealed record ConversationChange(string? Title, bool? Archived, string? Language, OnBusy? OnBusy);
