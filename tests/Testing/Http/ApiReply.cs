namespace JubileeVerse.Testing.Http;

/// <summary>A reply as the API returns it.</summary>
public sealed record ApiReply(string Id, string MessageId, string Status, int Attempt, string? Text)
{
    public bool HasEnded => Status is "completed" or "cancelled" or "failed";
}
