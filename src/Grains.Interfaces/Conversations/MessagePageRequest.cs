namespace JubileeVerse.Conversations;

/// <summary>A part of a conversation by sequence number: before one (the newest of those), after one (the oldest), or the newest.</summary>
/// <param name="Limit">Of messages; those of a page are fewer where they are too long together.</param>
[GenerateSerializer, Immutable, Alias("MessagePageRequest")]
public sealed record MessagePageRequest(long? Before, long? After, int Limit);
