using JubileeVerse.Accounts;

namespace JubileeVerse.Conversations;

/// <summary>All of a conversation's row. Immutable: a change is a new one, which stands when its unit is committed.</summary>
/// <param name="Owner">Whose it is.</param>
/// <param name="Conversation">What the API shows.</param>
/// <param name="Version">Fence and channel offset in one: one more for each durable event.</param>
/// <param name="LastSeq">The newest message's number.</param>
/// <param name="ReadSeq">The newest message that the owner has read.</param>
/// <param name="LastMessage">The newest message's beginning.</param>
/// <param name="DeletedAt">Set: gone for everyone.</param>
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

    /// <summary>The head after one more message at its end.</summary>
    public ConversationHead With(Message message) => this with
    {
        LastSeq = message.Seq,
        LastMessage = new MessagePreview(message.Role, PreviewText.Of(message.Content, MessagePreview.MaxLength), message.CreatedAt),
        Conversation = Conversation with { LastMessageAt = message.CreatedAt },
    };
}
