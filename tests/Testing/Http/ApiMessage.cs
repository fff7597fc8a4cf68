namespace JubileeVerse.Testing.Http;

/// <summary>A message as the API returns it.</summary>
public sealed record ApiMessage(
    string Id, long Seq, string Role, string? PersonaId, string Content, string Status, string? ReplyId, string? InReplyTo)
{
    public bool IsReply => Role == "assistant";
}
