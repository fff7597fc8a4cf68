namespace JubileeVerse.Replies.Providers;

/// <summary>The provider must not be called for <paramref name="retryAfter"/>, because of its rate limit or an open circuit.</summary>
internal sealed class ProviderLimitedException(string provider, TimeSpan retryAfter, string message, Exception? inner = null)
    : ProviderException(provider, message, inner)
{
    public override string Kind => "limited";

    public TimeSpan RetryAfter { get; } = retryAfter;
}
