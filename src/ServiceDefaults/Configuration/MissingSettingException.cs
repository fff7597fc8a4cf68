namespace JubileeVerse.ServiceDefaults.Configuration;

/// <summary>A required setting is missing, so the process must not start. There is never a silent fall-back to memory.</summary>
public sealed class MissingSettingException(string key, string why) : Exception($"The setting '{key}' is missing: {why}")
{
    public string Key { get; } = key;
}
