using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using JubileeVerse.Errors;
using JubileeVerse.Realtime.Frames.Encoding;
using Microsoft.Net.Http.Headers;

namespace JubileeVerse.Gateway.Errors;

/// <summary>An endpoint result that writes a problem response.</summary>
internal sealed class ProblemResult(Problem problem) : IResult, IStatusCodeHttpResult
{
    public static ProblemResult From(Refusal refusal) => new(Problem.From(refusal));

    public static ProblemResult NotFound(string what) => new(Problem.From(JubileeException.NotFound(what)));

    public int? StatusCode => problem.Kind.Status;

    public async Task ExecuteAsync(HttpContext context)
    {
        var traceId = Activity.Current?.TraceId.ToHexString() ?? context.TraceIdentifier;
        var body = ProblemBody.Create(problem, context.Request.Path, traceId);
        var response = context.Response;
        response.StatusCode = body.Status;
        response.ContentType = ProblemBody.ContentType;
        response.Headers.CacheControl = "no-store";
        if (body.RetryAfterSeconds is { } seconds)
            response.Headers[HeaderNames.RetryAfter] = seconds.ToString(CultureInfo.InvariantCulture);
        if (!HttpMethods.IsHead(context.Request.Method))
            await JsonSerializer.SerializeAsync(response.Body, body, WireJson.Options, context.RequestAborted);
    }
}
