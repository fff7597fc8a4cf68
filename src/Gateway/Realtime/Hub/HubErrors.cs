using System.Globalization;
using System.Reflection;
using System.Text.Json;
using System.Text.RegularExpressions;
using JubileeVerse.Errors;
using JubileeVerse.Gateway.Errors;
using JubileeVerse.Rules;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;

namespace JubileeVerse.Gateway.Realtime.Hub;

/// <summary>
/// Formats a problem as the message of a <see cref="HubException"/>: <c>code: text</c>, and where a retry helps, a delay that clients can
/// parse.
/// </summary>
internal static partial class HubErrors
{
    /// <summary>The longest method name that is echoed to the client.</summary>
    private const int MaxMethodLength = 64;

    /// <summary>
    /// Ends the called method's name in the message of a refused call, for which SignalR knows only <see cref="ChatHub.Refuse"/>. No
    /// error text contains this character.
    /// </summary>
    private const char MethodEnd = '\u001f';

    /// <summary>The start of SignalR's message for every call that <see cref="ChatHub.Refuse"/> refuses.</summary>
    private static readonly string RefusalStart = FailureStart(ChatHub.RefuseMethod);

    private static readonly Dictionary<string, ParameterInfo[]> Parameters = typeof(ChatHub)
        .GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
        .ToDictionary(method => method.Name, method => method.GetParameters(), StringComparer.OrdinalIgnoreCase);

    public static Problem UnknownMethod { get; } = new(ErrorCode.NotFound, "No such method.");

    public static HubException ToException(Problem problem) => new($"{ErrorCodeText.For(problem.Code)}: {TextOf(problem)}");

    /// <summary>The exception for a call that <see cref="ChatHub.Refuse"/> refuses; see <see cref="WithMethodName"/>.</summary>
    public static HubException ToException(string method, Problem problem)
    {
        var echoed = method.Length > MaxMethodLength ? method[..MaxMethodLength] : method;
        return new HubException($"{echoed.Replace(MethodEnd, ' ')}{MethodEnd}{ToException(problem).Message}");
    }

    /// <summary>
    /// Replaces the method's name in the message of a refusal by that of the called method, as in the message for any other call.
    /// </summary>
    public static HubMessage WithMethodName(HubMessage message)
    {
        if (message is not CompletionMessage { InvocationId: { } id, Error: { } error })
            return message;
        if (!error.StartsWith(RefusalStart, StringComparison.Ordinal))
            return message;
        var end = error.IndexOf(MethodEnd);
        return end < 0
            ? message
            : new CompletionMessage(id, FailureStart(error[RefusalStart.Length..end]) + error[(end + 1)..], result: null, hasResult: false);
    }

    /// <summary>The problem for a call that matches no method, or whose arguments do not match the method's parameters.</summary>
    public static Problem FromBinding(string method, Exception fault)
    {
        for (var cause = fault; cause is not null; cause = cause.InnerException)
        {
            if (cause is HubException)
                return UnknownMethod;
            if (cause is JsonException json)
                return FromArgument(FindArgument(method, json), json);
        }

        return new Problem(ErrorCode.InvalidRequest, "The arguments do not fit the method.");
    }

    private static Problem FromArgument(string? argument, JsonException json)
    {
        const string rule = "Not a value that this argument can have.";
        if (json.Path is null or "$")
            return argument is null ? new Problem(ErrorCode.InvalidRequest, rule) : Problem.Invalid(argument, rule);
        // The message of the JSON reader is not sent, because it contains a type name.
        var problem = MissingProperty().Match(json.Message) is { Success: true } missing
            ? Problem.Invalid($"{json.Path[1..]}.{missing.Groups[1].Value}".TrimStart('.'), TextField.RequiredRule)
            : BindingFault.From(json);
        return problem.Errors is not { } errors
            ? problem
            : problem with
            {
                Errors = errors.ToDictionary(error => error.Key.StartsWith('[') ? argument + error.Key : error.Key, error => error.Value),
            };
    }

    /// <summary>
    /// Finds the parameter's name by the type that the JSON reader's message contains; no method has two parameters of one type. Null
    /// when it is unknown.
    /// </summary>
    private static string? FindArgument(string method, JsonException json)
    {
        if (!Parameters.TryGetValue(method, out var parameters))
            return null;
        var argument = parameters is [var only]
            ? only
            : Array.Find(parameters, parameter => json.Message.Contains(parameter.ParameterType.Name, StringComparison.Ordinal));
        return argument?.Name;
    }

    /// <summary>The start of SignalR's message for a failed call. A test checks that SignalR still uses this text.</summary>
    private static string FailureStart(string method) =>
        $"An unexpected error occurred invoking '{method}' on the server. {nameof(HubException)}: ";

    private static string TextOf(Problem problem)
    {
        var text = problem.Text ?? problem.Kind.Title;
        // HTTP uses whole seconds; the rate limit of a connection ends sooner.
        var retryAfter = problem.RetryAfter ?? (problem.RetryAfterSeconds is { } seconds ? TimeSpan.FromSeconds(seconds) : null);
        return retryAfter is { TotalMilliseconds: var ms }
            ? string.Create(CultureInfo.InvariantCulture, $"{text} Try again in {Math.Ceiling(ms)} ms.")
            : text;
    }

    [GeneratedRegex("missing required properties[^']*'([^']+)'")]
    private static partial Regex MissingProperty();
}
