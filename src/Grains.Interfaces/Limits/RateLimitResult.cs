namespace JubileeVerse.Limits;

/// <summary>The result of a request for a permit.</summary>
/// <param name="Granted">True if the request may proceed.</param>
/// <param name="Remaining">Permits left in the window.</param>
/// <param name="ResetAfter">Time until the oldest permit in the window is available again.</param>
[GenerateSerializer, Immutable, Alias("RateLimitResult")]
public sealed record RateLimitResult(bool Granted, int Remaining, TimeSpan ResetAfter);
