using System.Globalization;
using System.Text.Json;
using JubileeVerse.Errors;
using JubileeVerse.Gateway.Errors;
using Microsoft.AspNetCore.SignalR;

namespace JubileeVerse.Gateway.Realtime.Hub;

/// <summary>
/// A problem as a client of the hub is told it: <c>code: text</c>, and where waiting helps, how long, in words that machines can read too.
/// </summary>
internal static class HubErrors
{
    private static readonly Problem BadArgument = new(ErrorCode.InvalidRequest, "Not a value that this argument can have.");

    public static Problem NoMethod { get; } = new(ErrorCode.NotFound, "No such method.");

    public static HubException Of(Problem problem) => new($"{ErrorCodeText.Of(problem.Code)}: {TextOf(problem)}");

    /// <summary>What a call that fits no method, or whose arguments do not fit it, is told.</summary>
    public static Problem OfBinding(Exception fault)
    {
        for (var cause = fault; cause is not null; cause = cause.InnerException)
        {
            if (cause is HubException)
                return NoMethod;
            if (cause is JsonException json)
                return json.Path is null or "$" ? BadArgument : BindingFault.Of(json);
        }

        return new Problem(ErrorCode.InvalidRequest, "The arguments do not fit the method.");
    }

    private static string TextOf(Problem problem)
    {
        var text = problem.Text ?? problem.Kind.Title;
        // HTTP tells whole seconds; a link's limit is over sooner.
        var wait = problem.RetryAfter ?? (problem.RetryAfterSeconds is { } seconds ? TimeSpan.FromSeconds(seconds) : null);
        return wait is { TotalMilliseconds: var ms } ? string.Create(CultureInfo.InvariantCulture, $"{text} Try again in {Math.Ceiling(ms)} ms.") : text;
    }
}
