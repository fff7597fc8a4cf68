namespace JubileeVerse.Replies.Providers;

/// <summary>It must not be asked before <paramref name="retryAfter"/> has passed: its own limit, or an open circuit.</summary>
internal sealed class ProviderLimitedException(string provider, TimeSpan retryAfter, string message, Exception? inner = null)
    : ProviderException(provider, message, inner)
{
    public override string Kind => "limited";

    public TimeSpan RetryAfter { get; } = retryAfter;
}
