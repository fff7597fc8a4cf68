using JubileeVerse.Accounts;
using JubileeVerse.Conversations.Writing;

namespace JubileeVerse.Conversations;

/// <summary>A conversation's row. It is immutable: a change creates a new head, which is valid when its write unit is committed.</summary>
/// <param name="Conversation">The part that the API returns.</param>
/// <param name="Version">Write fence and channel offset in one; raised by 1 with each durable event.</param>
/// <param name="LastSeq">The sequence number of the newest message.</param>
/// <param name="ReadSeq">The sequence number of the newest message that the owner has read.</param>
/// <param name="LastMessage">A preview of the newest message.</param>
/// <param name="DeletedAt">Non-null when the conversation is deleted for everyone.</param>
internal sealed record ConversationHead(
    UserId Owner,
    Conversation Conversation,
    long Version,
    long LastSeq,
    long ReadSeq,
    MessagePreview? LastMessage,
    DateTimeOffset? DeletedAt)
{
    public DateTimeOffset ActivityAt => Conversation.LastMessageAt ?? Conversation.CreatedAt;

    public static ConversationHead Create(ConversationId id, CreateConversation command, DateTimeOffset now) => new(
        command.UserId,
        new Conversation(
            id, command.Title, command.Personas, command.Language, command.OnBusy, Archived: false, now, LastMessageAt: null),
        Version: 0,
        LastSeq: 0,
        ReadSeq: 0,
        LastMessage: null,
        DeletedAt: null);

    /// <summary>The head after a message is appended.</summary>
    public ConversationHead With(Message message) => this with
    {
        LastSeq = message.Seq,
        LastMessage = new MessagePreview(message.Role, PreviewText.Create(message.Content, MessagePreview.MaxLength), message.CreatedAt),
        Conversation = Conversation with { LastMessageAt = message.CreatedAt },
    };
}
