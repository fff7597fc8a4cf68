namespace JubileeVerse.Replies.Providers;

/// <summary>The provider rejected the request (bad request, bad key, unknown model); a retry cannot succeed.</summary>
internal sealed class ProviderRejectedException(string provider, string message, Exception? inner = null)
    : ProviderException(provider, message, inner)
{
    public override string Kind => "rejected";
}
