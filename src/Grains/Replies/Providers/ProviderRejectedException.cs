namespace JubileeVerse.Replies.Providers;

/// <summary>It refuses this very request (bad request, bad key, unknown model): another attempt cannot help.</summary>
internal sealed class ProviderRejectedException(string provider, string message, Exception? inner = null)
    : ProviderException(provider, message, inner)
{
    public override string Kind => "rejected";
}
