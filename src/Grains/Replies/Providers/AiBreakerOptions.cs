namespace JubileeVerse.Replies.Providers;

/// <summary>Section <c>JubileeVerse:Ai:Breaker</c>: when a failing provider is left alone for a while.</summary>
public sealed class AiBreakerOptions
{
    /// <summary>Share of failed calls that opens the circuit. Above 0, to 1; default 0.5.</summary>
    public double FailureRatio { get; set; } = 0.5;

    /// <summary>Fewest calls in the window that can open it. 2 to 10,000; default 10.</summary>
    public int MinimumCalls { get; set; } = 10;

    /// <summary>The window. 1 s to 1 h; default 30 s.</summary>
    public TimeSpan Window { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long it stays open before one call tries again. 500 ms to 1 h; default 15 s.</summary>
    public TimeSpan Break { get; set; } = TimeSpan.FromSeconds(15);
}
