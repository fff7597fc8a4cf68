namespace JubileeVerse.Conversations;

/// <summary>A message with the number of the person's message that its turn began with.</summary>
internal sealed class TurnRow
{
    public string Role { get; init; } = "";

    public string? PersonaId { get; init; }

    public string Content { get; init; } = "";

    public long Seq { get; init; }

    public long TurnSeq { get; init; }
}
