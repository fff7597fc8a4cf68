using System.Collections.Frozen;

namespace JubileeVerse.Errors;

/// <summary>The wire name of an <see cref="ErrorCode"/>, in kebab case: <c>ReplyInProgress</c> is <c>reply-in-progress</c>.</summary>
public static class ErrorCodeText
{
    private static readonly FrozenDictionary<ErrorCode, string> Names =
        Enum.GetValues<ErrorCode>().ToFrozenDictionary(code => code, code => ToKebabCase(code.ToString()));

    public static string For(ErrorCode code) => Names.TryGetValue(code, out var name) ? name : Names[ErrorCode.Internal];

    private static string ToKebabCase(string name) =>
        string.Concat(name.Select((c, i) => char.IsUpper(c) ? (i == 0 ? "" : "-") + char.ToLowerInvariant(c) : c.ToString()));
}
