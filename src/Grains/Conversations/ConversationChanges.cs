namespace JubileeVerse.Conversations;

internal static class ConversationChanges
{
    /// <summary>The conversation with the changed properties; null in the change leaves one as it is.</summary>
    public static Conversation With(this Conversation conversation, ConversationChange change) => conversation with
    {
        Title = change.Title ?? conversation.Title,
        Archived = change.Archived ?? conversation.Archived,
        Language = change.Language ?? conversation.Language,
        OnBusy = change.OnBusy ?? conversation.OnBusy,
    };
}
