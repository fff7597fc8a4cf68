using Microsoft.Extensions.Logging;

namespace JubileeVerse.Personas;

internal sealed partial class PersonaSeeder
{
    [LoggerMessage(LogLevel.Information, "The store contains the {Count} built-in personas.")]
    private partial void LogSeeded(int count);

    [LoggerMessage(LogLevel.Warning, "The built-in persona {Slug} was skipped, because another persona has its slug.")]
    private partial void LogSlugTaken(Exception exception, string slug);
}
