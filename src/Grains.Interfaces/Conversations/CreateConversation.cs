using System.Collections.Immutable;
using JubileeVerse.Accounts;
using JubileeVerse.Personas;

namespace JubileeVerse.Conversations;

/// <summary>Creates a conversation. A repeat with the same id returns the stored conversation.</summary>
[GenerateSerializer, Immutable, Alias("CreateConversation")]
public sealed record CreateConversation(
    UserId UserId,
    ImmutableArray<PersonaId> Personas,
    string? Title,
    string? Language,
    OnBusy OnBusy);
