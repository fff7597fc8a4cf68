namespace JubileeVerse.ServiceDefaults.Configuration;

/// <summary>A setting without which this process must not start. Never a silent fall-back to memory.</summary>
public sealed class MissingSettingException(string key, string why) : Exception($"The setting '{key}' is missing: {why}")
{
    public string Key { get; } = key;
}
