using Microsoft.Extensions.Logging;

namespace JubileeVerse.Personas;

internal sealed partial class PersonaSeeder
{
    [LoggerMessage(LogLevel.Information, "The {Count} personas of the product are in the store.")]
    private partial void LogSeeded(int count);

    [LoggerMessage(LogLevel.Warning, "The persona {Slug} of the product was left out: another persona has its slug.")]
    private partial void LogSlugTaken(Exception exception, string slug);
}
