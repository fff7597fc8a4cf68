namespace JubileeVerse.ServiceDefaults.Starting;

/// <summary>A process has waited for something it cannot start without, and that did not come.</summary>
public sealed class DependencyAwayException(string dependency, string setting, TimeSpan waited, Exception inner)
    : Exception($"{dependency} could not be reached within {waited}. See the setting '{setting}'. The last try: {inner.Message}", inner);
