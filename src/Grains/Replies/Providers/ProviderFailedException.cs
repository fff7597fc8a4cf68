namespace JubileeVerse.Replies.Providers;

/// <summary>The provider was unreachable, disconnected, timed out or returned no text; a retry may succeed.</summary>
internal sealed class ProviderFailedException(string provider, string message, Exception? inner = null)
    : ProviderException(provider, message, inner)
{
    public override string Kind => "failed";
}
