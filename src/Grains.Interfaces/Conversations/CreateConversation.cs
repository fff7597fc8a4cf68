using System.Collections.Immutable;
using JubileeVerse.Accounts;
using JubileeVerse.Personas;

namespace JubileeVerse.Conversations;

/// <summary>Make a conversation. Repeating it with the same id answers with the stored one.</summary>
[GenerateSerializer, Immutable, Alias("CreateConversation")]
public sealed record CreateConversation(
    UserId UserId,
    ImmutableArray<PersonaId> Personas,
    string? Title,
    string? Language,
    OnBusy OnBusy);
