namespace JubileeVerse.Replies;

/// <summary>The reasons of a cancelled reply, as clients receive them.</summary>
internal static class ReplyCancelReasons
{
    public const string ByUser = "user";
    public const string Interrupted = "interrupted";
    public const string ConversationDeleted = "conversation-deleted";
    public const string ByOperator = "operator";
}
