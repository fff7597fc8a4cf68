using System.Collections.Frozen;
using System.Text.Json;
using JubileeVerse.Gateway.Errors;
using JubileeVerse.Realtime.Frames.Encoding;

namespace JubileeVerse.Gateway.Http;

/// <summary>Parses an enum query parameter by its wire name. (The framework would also accept C# member names and numbers.)</summary>
internal static class WireEnum<T>
    where T : struct, Enum
{
    private static readonly FrozenDictionary<string, T> ByName = Enum.GetValues<T>()
        .ToFrozenDictionary(
            value => JsonSerializer.SerializeToElement(value, WireJson.Options).GetString()!, StringComparer.OrdinalIgnoreCase);

    public static T? Read(Faults faults, string field, string? text)
    {
        if (string.IsNullOrEmpty(text))
            return null;
        if (ByName.TryGetValue(text, out var value))
            return value;
        faults.Add(field, $"Must be one of {string.Join(", ", ByName.Keys.Order())}.");
        return null;
    }
}
