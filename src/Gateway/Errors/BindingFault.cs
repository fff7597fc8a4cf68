using System.Text.Json;
using System.Text.RegularExpressions;

namespace JubileeVerse.Gateway.Errors;

/// <summary>
/// Says in our words what the framework could not bind, and names the field. The framework gives a parameter's name in its
/// message only; a test holds that it still does.
/// </summary>
internal static partial class BindingFault
{
    public const string BodyField = "body";

    public static Problem Of(BadHttpRequestException exception) => exception.StatusCode switch
    {
        StatusCodes.Status413PayloadTooLarge => new Problem(ErrorCode.PayloadTooLarge),
        StatusCodes.Status415UnsupportedMediaType => new Problem(ErrorCode.UnsupportedMediaType, "Send application/json."),
        _ when exception.InnerException is JsonException json => Of(json),
        _ when Parameter().Match(exception.Message) is { Success: true } match => Problem.Invalid(match.Groups["name"].Value, RuleOf(match)),
        _ when exception.Message.Contains("body", StringComparison.Ordinal) => Problem.Invalid(BodyField, "A JSON body is required."),
        _ => new Problem(ErrorCode.InvalidRequest, "The request could not be read."),
    };

    internal static Problem Of(JsonException exception)
    {
        // The reader's own message names lines and, for a value of the wrong kind, types of ours; only a converter's is for people.
        var path = exception.Path is { Length: > 1 } p && p[0] == '$' ? p[1..].TrimStart('.') : null;
        if (WrongKind().Match(exception.Message) is { Success: true } match)
            return path is null ? Problem.Invalid(BodyField, "A JSON object is expected.") : Problem.Invalid(path, RuleOf(match.Groups["type"].Value, "field"));
        if (exception.InnerException is JsonException || path is null)
            return Problem.Invalid(path ?? BodyField, $"Malformed JSON at line {exception.LineNumber + 1}, byte {exception.BytePositionInLine}.");
        return Problem.Invalid(path, WithoutPosition(exception.Message));
    }

    private static string WithoutPosition(string message)
    {
        var end = message.IndexOf(" Path: ", StringComparison.Ordinal);
        return end < 0 ? message : message[..end];
    }

    private static string RuleOf(Match parameter) => parameter.Groups["rest"].Value.Contains("was not provided", StringComparison.Ordinal)
        ? "It is required."
        : RuleOf(parameter.Groups["type"].Value, "parameter");

    /// <summary>The framework calls a type by its name in C# or in the runtime, with or without what makes it nullable.</summary>
    private static string RuleOf(string type, string what) => KindOf().Match(type).Value switch
    {
        _ when type.Contains("Array", StringComparison.Ordinal) || type.Contains("List", StringComparison.Ordinal) => "A list is expected.",
        "int" or "long" or "Int32" or "Int64" => "A whole number is expected.",
        "double" or "Double" => "A number is expected.",
        "bool" or "Boolean" => "true or false is expected.",
        "DateTimeOffset" => "An instant such as 2026-11-28T12:00:00Z is expected.",
        "string" or "String" => "A text is expected.",
        _ => $"Not a value that this {what} can have.",
    };

    [GeneratedRegex("""parameter "(?<type>[^"]*) (?<name>[^" ]+)"(?<rest>.*)$""", RegexOptions.Singleline)]
    private static partial Regex Parameter();

    [GeneratedRegex(@"^The JSON value could not be converted to (?<type>.+?)\. Path: ")]
    private static partial Regex WrongKind();

    /// <summary>The last name before what only closes brackets.</summary>
    [GeneratedRegex(@"\w+(?=[\]>?]*$)")]
    private static partial Regex KindOf();
}
