namespace JubileeVerse.Replies.Providers;

/// <summary>Section <c>JubileeVerse:Ai:Builtin</c>.</summary>
public sealed class AiBuiltinOptions
{
    /// <summary>Delay between two words in milliseconds. 0 (no delay) to 10,000; default 25.</summary>
    public int PieceDelayMs { get; set; } = 25;
}
