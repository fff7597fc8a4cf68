namespace JubileeVerse.Testing.Http;

/// <summary>The body of the response to a post.</summary>
public sealed record PostedTurn(ApiMessage Message, IReadOnlyList<ApiReply> Replies)
{
    /// <summary>The id of the reply when exactly one persona replies.</summary>
    public string ReplyId => Replies.Single().Id;
}
