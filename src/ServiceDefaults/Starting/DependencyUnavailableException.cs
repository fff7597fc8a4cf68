namespace JubileeVerse.ServiceDefaults.Starting;

/// <summary>A dependency that the process needs to start was not reachable within the retry window.</summary>
public sealed class DependencyUnavailableException(string dependency, string setting, TimeSpan waited, Exception inner)
    : Exception($"{dependency} could not be reached within {waited}. See the setting '{setting}'. Last attempt: {inner.Message}", inner);
