namespace JubileeVerse.Gateway.Conversations;

internal static class ConversationFields
{
    public const int MaxTitleLength = 120;
}
