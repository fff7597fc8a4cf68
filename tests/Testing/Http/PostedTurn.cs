namespace JubileeVerse.Testing.Http;

/// <summary>What a post is answered with.</summary>
public sealed record PostedTurn(ApiMessage Message, IReadOnlyList<ApiReply> Replies)
{
    /// <summary>The reply's id, where one persona answers.</summary>
    public string ReplyId => Replies.Single().Id;
}
