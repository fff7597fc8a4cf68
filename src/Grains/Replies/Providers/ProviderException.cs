namespace JubileeVerse.Replies.Providers;

/// <summary>A call to a provider failed. The message contains no secret and no message content, so it may be stored with the job.</summary>
internal abstract class ProviderException(string provider, string message, Exception? inner) : Exception(message, inner)
{
    public string Provider { get; } = provider;

    /// <summary>A metric tag with few values.</summary>
    public abstract string Kind { get; }
}
