using System.Collections.Immutable;
using JubileeVerse.Conversations;
using JubileeVerse.Personas;

namespace JubileeVerse.Gateway.Conversations.Responses;

/// <summary>A conversation in a list, with a preview of its last message.</summary>
internal sealed record ConversationListItem(
    ConversationId Id,
    string? Title,
    ImmutableArray<PersonaId> Personas,
    string? Language,
    OnBusy OnBusy,
    bool Archived,
    DateTimeOffset CreatedAt,
    DateTimeOffset? LastMessageAt,
    MessagePreview? LastMessage,
    int Unread)
{
    public static ConversationListItem From(ConversationSummary summary)
    {
        var c = summary.Conversation;
        return new ConversationListItem(
            c.Id, c.Title, c.Personas, c.Language, c.OnBusy, c.Archived, c.CreatedAt, c.LastMessageAt, summary.LastMessage, summary.Unread);
    }
}
