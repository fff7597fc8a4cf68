namespace JubileeVerse.Replies.Providers;

/// <summary>Section <c>JubileeVerse:Ai:Breaker</c>: the circuit breaker of each provider.</summary>
public sealed class AiBreakerOptions
{
    /// <summary>Ratio of failed calls that opens the circuit. Above 0, to 1; default 0.5.</summary>
    public double FailureRatio { get; set; } = 0.5;

    /// <summary>Minimum number of calls in the window before the circuit can open. 2 to 10,000; default 10.</summary>
    public int MinimumCalls { get; set; } = 10;

    /// <summary>The sampling window. 1 s to 1 h; default 30 s.</summary>
    public TimeSpan Window { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Time that the circuit stays open before one call probes the provider. 500 ms to 1 h; default 15 s.</summary>
    public TimeSpan Break { get; set; } = TimeSpan.FromSeconds(15);
}
