using JubileeVerse.Personas;

namespace JubileeVerse.Conversations.Store;

/// <summary>A persona and the message of its first reply; null while there is none.</summary>
internal sealed record FirstReply(PersonaId PersonaId, MessageId? MessageId);
