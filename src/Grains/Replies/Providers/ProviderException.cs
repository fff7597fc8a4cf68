namespace JubileeVerse.Replies.Providers;

/// <summary>A provider did not answer. The message holds no secret and nothing that anybody said: it may be stored with the job.</summary>
internal abstract class ProviderException(string provider, string message, Exception? inner) : Exception(message, inner)
{
    public string Provider { get; } = provider;

    /// <summary>For metrics: few values.</summary>
    public abstract string Kind { get; }
}
