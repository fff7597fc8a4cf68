using System.Text.Json;
using System.Text.RegularExpressions;
using JubileeVerse.Rules;

namespace JubileeVerse.Gateway.Errors;

/// <summary>
/// Converts the framework's model-binding failures into problems that name the field. The framework exposes a parameter's name only in
/// its message text; a test verifies that it still does.
/// </summary>
internal static partial class BindingFault
{
    public const string BodyField = "body";

    public static Problem From(BadHttpRequestException exception) => exception.StatusCode switch
    {
        StatusCodes.Status413PayloadTooLarge => new Problem(ErrorCode.PayloadTooLarge),
        StatusCodes.Status415UnsupportedMediaType => new Problem(ErrorCode.UnsupportedMediaType, "Send application/json."),
        _ when exception.InnerException is JsonException json => From(json),
        _ when Parameter().Match(exception.Message) is { Success: true } match =>
            Problem.Invalid(match.Groups["name"].Value, RuleOf(match)),
        _ when exception.Message.Contains("body", StringComparison.Ordinal) => Problem.Invalid(BodyField, "A JSON body is required."),
        _ => new Problem(ErrorCode.InvalidRequest, "The request could not be read."),
    };

    internal static Problem From(JsonException exception)
    {
        // The JSON reader's own messages contain line numbers and C# type names; only the messages of our converters are meant for clients.
        var path = exception.Path is { Length: > 1 } p && p[0] == '$' ? p[1..].TrimStart('.') : null;
        if (ConversionFailure().Match(exception.Message) is { Success: true } match)
        {
            return path is null
                ? Problem.Invalid(BodyField, "Must be a JSON object.")
                : Problem.Invalid(path, RuleOf(match.Groups["type"].Value, "field"));
        }

        if (exception.InnerException is JsonException || path is null)
        {
            return Problem.Invalid(
                path ?? BodyField, $"Malformed JSON at line {exception.LineNumber + 1}, byte {exception.BytePositionInLine}.");
        }

        return Problem.Invalid(path, WithoutPosition(exception.Message));
    }

    private static string WithoutPosition(string message)
    {
        var end = message.IndexOf(" Path: ", StringComparison.Ordinal);
        return end < 0 ? message : message[..end];
    }

    private static string RuleOf(Match parameter) => parameter.Groups["rest"].Value.Contains("was not provided", StringComparison.Ordinal)
        ? TextField.RequiredRule
        : RuleOf(parameter.Groups["type"].Value, "parameter");

    /// <summary>The framework names a type by its C# keyword or its runtime name, with or without a nullable marker.</summary>
    private static string RuleOf(string type, string what) => TypeName().Match(type).Value switch
    {
        _ when type.Contains("Array", StringComparison.Ordinal) || type.Contains("List", StringComparison.Ordinal) => "Must be an array.",
        "int" or "long" or "Int32" or "Int64" => "Must be an integer.",
        "double" or "Double" => "Must be a number.",
        "bool" or "Boolean" => "Must be true or false.",
        "DateTimeOffset" => "Must be a date and time such as 2026-11-28T12:00:00Z.",
        "string" or "String" => "Must be a string.",
        _ => $"Must be a valid value for this {what}.",
    };

    [GeneratedRegex("""parameter "(?<type>[^"]*) (?<name>[^" ]+)"(?<rest>.*)$""", RegexOptions.Singleline)]
    private static partial Regex Parameter();

    [GeneratedRegex(@"^The JSON value could not be converted to (?<type>.+?)\. Path: ")]
    private static partial Regex ConversionFailure();

    /// <summary>The last identifier before the trailing closing brackets and nullable markers.</summary>
    [GeneratedRegex(@"\w+(?=[\]>?]*$)")]
    private static partial Regex TypeName();
}
