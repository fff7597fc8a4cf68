namespace JubileeVerse.Conversations;

/// <summary>A range of messages by sequence number: the newest before one, the oldest after one, or the newest of all.</summary>
/// <param name="Limit">Maximum number of messages. A page has fewer if their total length is too large.</param>
[GenerateSerializer, Immutable, Alias("MessagePageRequest")]
public sealed record MessagePageRequest(long? Before, long? After, int Limit);
