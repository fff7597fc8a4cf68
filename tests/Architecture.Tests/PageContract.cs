using System.Globalization;
using System.Reflection;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using JubileeVerse.Realtime.Frames;
using JubileeVerse.Rules;

namespace JubileeVerse.Architecture.Tests;

/// <summary>Writes the JavaScript module from which the page takes limits, close codes and frame types.</summary>
internal static class PageContract
{
    public const string Path = "src/Gateway/wwwroot/js/shared/contract.js";

    private const string Head =
        """
        // What the page shares with the server. Generated from the C# constants by `eng/update-page-contract`; a test holds it equal to
        // them. Do not edit.
        """;

    /// <summary>The wire name of each frame, in the order of its attributes.</summary>
    public static IReadOnlyList<string> FrameTypes { get; } = [.. Frames.Select(frame => frame.TypeName)];

    private static IEnumerable<(Type Type, string TypeName)> Frames => typeof(Frame).GetCustomAttributes<JsonDerivedTypeAttribute>()
        .Select(attribute => (attribute.DerivedType, (string)attribute.TypeDiscriminator!));

    private static (Type Type, string TypeName)[] ReplyFrames =>
        [.. Frames.Where(frame => frame.Type.GetProperty(nameof(ReplyDelta.ReplyId)) is not null)];

    public static string Create()
    {
        var text = new StringBuilder(Head).Append('\n');
        AppendObject(text, "inputLimits", "Lengths are UTF-16 code units, as in `maxlength`.", IntegersOf(typeof(InputLimits)));
        AppendObject(
            text,
            "closeRanges",
            "The first and the last close code of each reconnect rule.",
            CloseCodes.Ranges.Select(range => (range.Rule.ToString(), $"[{range.First}, {range.Last}]")));
        AppendObject(text, "closeCodes", "The code of a `closing` frame.", IntegersOf(typeof(CloseCodes)));
        AppendList(text, "replyFrameTypes", "The frames of a reply.", ReplyFrames.Select(frame => frame.TypeName));
        AppendList(
            text,
            "terminalReplyFrameTypes",
            "The frames that end a reply, which are those that are stored.",
            ReplyFrames.Where(frame => frame.Type.IsAssignableTo(typeof(DurableFrame))).Select(frame => frame.TypeName));
        return text.ToString();
    }

    private static IEnumerable<(string Name, string Value)> IntegersOf(Type type) => type
        .GetFields(BindingFlags.Public | BindingFlags.Static)
        .Where(field => field.IsLiteral)
        .OrderBy(field => field.MetadataToken)
        .Select(field => (field.Name, Convert.ToString(field.GetRawConstantValue(), CultureInfo.InvariantCulture)!));

    private static void AppendObject(
        StringBuilder text, string name, string comment, IEnumerable<(string Name, string Value)> properties) =>
        Append(text, name, comment, '{', '}', properties.Select(property =>
            $"{JsonNamingPolicy.CamelCase.ConvertName(property.Name)}: {property.Value}"));

    private static void AppendList(StringBuilder text, string name, string comment, IEnumerable<string> values) =>
        Append(text, name, comment, '[', ']', values.Select(value => $"'{value}'"));

    private static void Append(StringBuilder text, string name, string comment, char open, char close, IEnumerable<string> lines)
    {
        text.Append(CultureInfo.InvariantCulture, $"\n// {comment}\nexport const {name} = Object.freeze(/** @type {{const}} */ ({open}\n");
        foreach (var line in lines)
            text.Append(CultureInfo.InvariantCulture, $"  {line},\n");
        text.Append(CultureInfo.InvariantCulture, $"{close}));\n");
    }
}
