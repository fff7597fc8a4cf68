namespace JubileeVerse.Conversations.Writing;

internal static class ConversationChanges
{
    /// <summary>Applies a change to a conversation; a null property leaves the value unchanged.</summary>
    public static Conversation With(this Conversation conversation, ConversationChange change) => conversation with
    {
        Title = change.Title ?? conversation.Title,
        Archived = change.Archived ?? conversation.Archived,
        Language = change.Language ?? conversation.Language,
        OnBusy = change.OnBusy ?? conversation.OnBusy,
    };
}
