using System.Globalization;
using System.Reflection;
using System.Text.Json;
using System.Text.RegularExpressions;
using JubileeVerse.Errors;
using JubileeVerse.Gateway.Errors;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;

namespace JubileeVerse.Gateway.Realtime.Hub;

/// <summary>
/// A problem as a client of the hub is told it: <c>code: text</c>, and where waiting helps, how long, in words that machines can read too.
/// </summary>
internal static partial class HubErrors
{
    /// <summary>Of a method's name, as a client has called it, that is said back to it.</summary>
    private const int MaxMethodLength = 64;

    /// <summary>Ends the name of the method that was called, where SignalR knows only the one that refuses for it. No text of ours has it.</summary>
    private const char MethodEnd = '\u001f';

    /// <summary>How SignalR begins to tell of every call that <see cref="ChatHub.Refuse"/> refuses.</summary>
    private static readonly string Refused = FailureOf(ChatHub.RefuseMethod);

    private static readonly Dictionary<string, ParameterInfo[]> Parameters = typeof(ChatHub)
        .GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
        .ToDictionary(method => method.Name, method => method.GetParameters(), StringComparer.OrdinalIgnoreCase);

    public static Problem NoMethod { get; } = new(ErrorCode.NotFound, "No such method.");

    public static HubException Of(Problem problem) => new($"{ErrorCodeText.Of(problem.Code)}: {TextOf(problem)}");

    /// <summary>Of a call that <see cref="ChatHub.Refuse"/> refuses; see <see cref="Named"/>.</summary>
    public static HubException Of(string method, Problem problem)
    {
        var shown = method.Length > MaxMethodLength ? method[..MaxMethodLength] : method;
        return new HubException($"{shown.Replace(MethodEnd, ' ')}{MethodEnd}{Of(problem).Message}");
    }

    /// <summary>A refusal as it is sent: by the name of the method that was called, as SignalR says it of every other.</summary>
    public static HubMessage Named(HubMessage message)
    {
        if (message is not CompletionMessage { InvocationId: { } id, Error: { } said } || !said.StartsWith(Refused, StringComparison.Ordinal))
            return message;
        var end = said.IndexOf(MethodEnd);
        return end < 0 ? message : new CompletionMessage(id, FailureOf(said[Refused.Length..end]) + said[(end + 1)..], result: null, hasResult: false);
    }

    /// <summary>What a call that fits no method, or whose arguments do not fit it, is told.</summary>
    public static Problem OfBinding(string method, Exception fault)
    {
        for (var cause = fault; cause is not null; cause = cause.InnerException)
        {
            if (cause is HubException)
                return NoMethod;
            if (cause is JsonException json)
                return OfArgument(ArgumentOf(method, json), json);
        }

        return new Problem(ErrorCode.InvalidRequest, "The arguments do not fit the method.");
    }

    private static Problem OfArgument(string? argument, JsonException json)
    {
        const string rule = "Not a value that this argument can have.";
        if (json.Path is null or "$")
            return argument is null ? new Problem(ErrorCode.InvalidRequest, rule) : Problem.Invalid(argument, rule);
        // The reader's words name a type of ours.
        var problem = MissingProperty().Match(json.Message) is { Success: true } missing
            ? Problem.Invalid($"{json.Path[1..]}.{missing.Groups[1].Value}".TrimStart('.'), "It is required.")
            : BindingFault.Of(json);
        return problem.Errors is not { } errors
            ? problem
            : problem with { Errors = errors.ToDictionary(error => error.Key.StartsWith('[') ? argument + error.Key : error.Key, error => error.Value) };
    }

    /// <summary>The reader says of an argument its type, and not which it is; no method has two of one type. Null when that cannot be known.</summary>
    private static string? ArgumentOf(string method, JsonException json) => Parameters.TryGetValue(method, out var parameters)
        ? (parameters is [var only] ? only : Array.Find(parameters, parameter => json.Message.Contains(parameter.ParameterType.Name, StringComparison.Ordinal)))?.Name
        : null;

    /// <summary>As SignalR begins it. A test holds that it still does.</summary>
    private static string FailureOf(string method) => $"An unexpected error occurred invoking '{method}' on the server. {nameof(HubException)}: ";

    private static string TextOf(Problem problem)
    {
        var text = problem.Text ?? problem.Kind.Title;
        // HTTP tells whole seconds; a link's limit is over sooner.
        var wait = problem.RetryAfter ?? (problem.RetryAfterSeconds is { } seconds ? TimeSpan.FromSeconds(seconds) : null);
        return wait is { TotalMilliseconds: var ms } ? string.Create(CultureInfo.InvariantCulture, $"{text} Try again in {Math.Ceiling(ms)} ms.") : text;
    }

    [GeneratedRegex("missing required properties[^']*'([^']+)'")]
    private static partial Regex MissingProperty();
}
