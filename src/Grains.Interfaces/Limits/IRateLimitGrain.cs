namespace JubileeVerse.Limits;

/// <summary>
/// Counts the recent requests of one subject (an address or a session) for the whole cluster. Key: <c>policy:subject</c>.
/// </summary>
[Alias("IRateLimitGrain")]
public interface IRateLimitGrain : IGrainWithStringKey
{
    /// <summary>
    /// Acquires one of <paramref name="limit"/> permits in any <paramref name="window"/>, or returns when the next one is available.
    /// </summary>
    [Alias("AcquireAsync")]
    ValueTask<RateLimitResult> AcquireAsync(int limit, TimeSpan window, CancellationToken cancellationToken);
}
