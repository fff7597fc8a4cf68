using Microsoft.Extensions.Logging;

namespace JubileeVerse.Personas;

internal sealed partial class PersonaCatalog
{
    [LoggerMessage(LogLevel.Debug, "Loaded {Count} active personas.")]
    private partial void LogLoaded(int count);

    // A warning, not an error: with an older snapshot nobody notices, without one the callers get the error.
    [LoggerMessage(LogLevel.Warning, "The personas could not be loaded; an older snapshot goes on serving: {HasSnapshot}.")]
    private partial void LogLoadFailed(Exception exception, bool hasSnapshot);
}
