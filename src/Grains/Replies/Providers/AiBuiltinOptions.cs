namespace JubileeVerse.Replies.Providers;

/// <summary>Section <c>JubileeVerse:Ai:Builtin</c>.</summary>
public sealed class AiBuiltinOptions
{
    /// <summary>Milliseconds between two words. 0 (at once) to 10,000; default 25.</summary>
    public int PieceDelayMs { get; set; } = 25;
}
