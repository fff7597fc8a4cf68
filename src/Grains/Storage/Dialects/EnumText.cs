using System.Collections.Frozen;
using System.Reflection;
using System.Text.Json.Serialization;

namespace JubileeVerse.Storage.Dialects;

/// <summary>An enum's wire name, which is also stored, so that rows are readable and the numeric values may change.</summary>
internal static class EnumText<T>
    where T : struct, Enum
{
    private static readonly FrozenDictionary<T, string> Names = Enum.GetValues<T>().ToFrozenDictionary(
        value => value,
        value => typeof(T).GetField(value.ToString())?.GetCustomAttribute<JsonStringEnumMemberNameAttribute>()?.Name ?? value.ToString());

    private static readonly FrozenDictionary<string, T> Values = Names.ToFrozenDictionary(pair => pair.Value, pair => pair.Key);

    public static string Format(T value) => Names[value];

    public static T Parse(string text) => Values.TryGetValue(text, out var value)
        ? value
        : throw new FormatException($"'{text}' is not a value of {typeof(T).Name}.");
}
