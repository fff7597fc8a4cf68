namespace JubileeVerse.Conversations.Store;

/// <summary>A message with the sequence number of the user message that started its turn.</summary>
internal sealed class PromptMessageRow
{
    public string Role { get; init; } = "";

    public string? PersonaId { get; init; }

    public string Content { get; init; } = "";

    public long Seq { get; init; }

    public long TurnSeq { get; init; }
}
