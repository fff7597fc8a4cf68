using System.Collections.Immutable;
using System.Reflection;
using System.Security.Cryptography;
using System.Text.Json;

namespace JubileeVerse.Personas;

/// <summary>The built-in personas, embedded as <c>personas/{slug}.json</c>.</summary>
internal static class PersonaSeed
{
    private const string Prefix = "personas/";

    /// <summary>Loads all built-in personas, ordered by slug.</summary>
    public static ImmutableArray<SeedPersona> Load()
    {
        var assembly = typeof(PersonaSeed).Assembly;
        return [.. assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(name => Read(assembly, name))];
    }

    private static SeedPersona Read(Assembly assembly, string name)
    {
        using var stream = assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"The embedded resource '{name}' of a built-in persona is missing.");
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        var content = bytes.ToArray();

        try
        {
            var seed = JsonSerializer.Deserialize<SeedPersona>(content, PersonaJson.Options)
                ?? throw new JsonException("The value is null.");
            return seed with { Hash = Convert.ToHexStringLower(SHA256.HashData(content)) };
        }
        catch (JsonException e)
        {
            throw new InvalidOperationException($"The embedded persona '{name}' is not valid: {e.Message}", e);
        }
    }
}
