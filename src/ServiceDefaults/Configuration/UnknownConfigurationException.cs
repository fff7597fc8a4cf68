namespace JubileeVerse.ServiceDefaults.Configuration;

/// <summary>The configuration has keys that no process reads. The message names all of them.</summary>
public sealed class UnknownConfigurationException(IReadOnlyList<UnknownKey> keys)
    : Exception("Unknown configuration: " + string.Join(", ", keys) + ".")
{
    public IReadOnlyList<UnknownKey> Keys { get; } = keys;
}
