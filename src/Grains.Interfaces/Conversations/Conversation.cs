using System.Collections.Immutable;
using JubileeVerse.Personas;

namespace JubileeVerse.Conversations;

/// <summary>The properties of a conversation, without its messages.</summary>
/// <param name="Title">1 to 120 characters; null until it is set or derived from the first message.</param>
/// <param name="Personas">The 1 to 8 participants. The first one replies unless a post names others.</param>
/// <param name="Language">BCP 47 tag of the replies; null uses the user's preferred language.</param>
/// <param name="OnBusy">What a post does while a reply is open.</param>
/// <param name="Archived">True if the conversation is hidden from the default list.</param>
/// <param name="LastMessageAt">When the last message was stored; null before the first message.</param>
[GenerateSerializer, Immutable, Alias("Conversation")]
public sealed record Conversation(
    ConversationId Id,
    string? Title,
    ImmutableArray<PersonaId> Personas,
    string? Language,
    OnBusy OnBusy,
    bool Archived,
    DateTimeOffset CreatedAt,
    DateTimeOffset? LastMessageAt);
