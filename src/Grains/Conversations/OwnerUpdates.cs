namespace JubileeVerse.Conversations;

/// <summary>
/// Selects the changes of a conversation that are published on its owner's channel. Messages are not among them, because a client that
/// shows a conversation follows its channel.
/// </summary>
internal static class OwnerUpdates
{
    /// <summary>Whether a list shows the conversation differently, apart from the time of its last message, or it was deleted.</summary>
    public static bool IsVisibleChange(ConversationHead before, ConversationHead after) =>
        before.DeletedAt != after.DeletedAt
        || before.Conversation with { LastMessageAt = null } != after.Conversation with { LastMessageAt = null };

    /// <summary>The sequence number up to which the owner has read; null when it did not change.</summary>
    public static long? NewReadSeq(ConversationHead before, ConversationHead after) =>
        after.ReadSeq > before.ReadSeq ? after.ReadSeq : null;
}
