namespace JubileeVerse.ServiceDefaults.Configuration;

/// <summary>The configuration holds keys that nobody reads; every one is named.</summary>
public sealed class UnknownConfigurationException(IReadOnlyList<UnknownKey> keys)
    : Exception("Unknown configuration: " + string.Join(", ", keys) + ".")
{
    public IReadOnlyList<UnknownKey> Keys { get; } = keys;
}
