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
        _ when Parameter().Match(exception.Message) is { Success: true } match => Problem.Invalid(match.Groups[1].Value, RuleOf(match.Groups[2].Value)),
        _ when exception.Message.Contains("body", StringComparison.Ordinal) => Problem.Invalid(BodyField, "A JSON body is required."),
        _ => new Problem(ErrorCode.InvalidRequest, "The request could not be read."),
    };

    internal static Problem Of(JsonException exception)
    {
        // The reader's own message names lines and, for a value of the wrong kind, types of ours; only a converter's is for people.
        var path = exception.Path is { Length: > 1 } p && p[0] == '$' ? p[1..].TrimStart('.') : null;
        if (exception.InnerException is JsonException || path is null)
            return Problem.Invalid(path ?? BodyField, $"Malformed JSON at line {exception.LineNumber + 1}, byte {exception.BytePositionInLine}.");

        var isFrameworks = exception.Message.StartsWith("The JSON value could not be converted", StringComparison.Ordinal);
        return Problem.Invalid(path, isFrameworks ? "Not a value that this field can have." : WithoutPosition(exception.Message));
    }

    private static string WithoutPosition(string message)
    {
        var end = message.IndexOf(" Path: ", StringComparison.Ordinal);
        return end < 0 ? message : message[..end];
    }

    private static string RuleOf(string rest) =>
        rest.Contains("was not provided", StringComparison.Ordinal) ? "It is required." : "Not a value that this parameter can have.";

    [GeneratedRegex("""parameter "[^"]* ([^" ]+)"(.*)$""", RegexOptions.Singleline)]
    private static partial Regex Parameter();
}
