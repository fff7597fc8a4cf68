namespace JubileeVerse.Conversations;

/// <summary>Which changes of a conversation are told on its owner's channel. Messages are not: whoever reads a conversation follows it.</summary>
internal static class OwnerNews
{
    /// <summary>It looks different in a list, but for the time of its last message; or it is gone.</summary>
    public static bool Changed(ConversationHead before, ConversationHead after) =>
        before.DeletedAt != after.DeletedAt
        || before.Conversation with { LastMessageAt = null } != after.Conversation with { LastMessageAt = null };

    /// <summary>The message up to which it has been read; null when nobody has read further.</summary>
    public static long? Read(ConversationHead before, ConversationHead after) => after.ReadSeq > before.ReadSeq ? after.ReadSeq : null;
}
