namespace JubileeVerse.Replies;

/// <summary>Why a reply was cancelled, as clients are told.</summary>
internal static class ReplyCancelReasons
{
    public const string ByUser = "user";
    public const string Interrupted = "interrupted";
    public const string ConversationDeleted = "conversation-deleted";
    public const string ByOperator = "operator";
}
