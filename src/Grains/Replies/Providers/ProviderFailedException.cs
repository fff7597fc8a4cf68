namespace JubileeVerse.Replies.Providers;

/// <summary>It was out of reach, broke off, was too slow or said nothing: another attempt may help.</summary>
internal sealed class ProviderFailedException(string provider, string message, Exception? inner = null)
    : ProviderException(provider, message, inner)
{
    public override string Kind => "failed";
}
