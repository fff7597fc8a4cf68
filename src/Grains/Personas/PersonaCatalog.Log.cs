using Microsoft.Extensions.Logging;

namespace JubileeVerse.Personas;

internal sealed partial class PersonaCatalog
{
    [LoggerMessage(LogLevel.Debug, "Loaded {Count} active personas.")]
    private partial void LogLoaded(int count);

    // A warning, because with an older snapshot users notice nothing, and without one the callers report the error.
    [LoggerMessage(LogLevel.Warning, "The personas could not be loaded; an older snapshot stays in use: {HasSnapshot}.")]
    private partial void LogLoadFailed(Exception exception, bool hasSnapshot);
}
