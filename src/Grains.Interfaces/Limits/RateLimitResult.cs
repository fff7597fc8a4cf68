namespace JubileeVerse.Limits;

/// <summary>The outcome of asking for a permit.</summary>
/// <param name="Granted">Whether the request may go on.</param>
/// <param name="Remaining">Permits left in the window.</param>
/// <param name="ResetAfter">Until the oldest permit in the window is free again.</param>
[GenerateSerializer, Immutable, Alias("RateLimitResult")]
public sealed record RateLimitResult(bool Granted, int Remaining, TimeSpan ResetAfter);
