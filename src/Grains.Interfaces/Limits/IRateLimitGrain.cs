namespace JubileeVerse.Limits;

/// <summary>One subject's recent requests (an address, a session), counted in one place for the whole cluster. Key: <c>policy:subject</c>.</summary>
[Alias("IRateLimitGrain")]
public interface IRateLimitGrain : IGrainWithStringKey
{
    /// <summary>Takes one permit of <paramref name="limit"/> in any <paramref name="window"/>, or says when the next is free.</summary>
    [Alias("AcquireAsync")]
    ValueTask<RateLimitResult> AcquireAsync(int limit, TimeSpan window, CancellationToken cancellationToken);
}
