using System.Text.Json.Serialization;
using JubileeVerse.Errors;

namespace JubileeVerse.Gateway.Errors;

/// <summary>The body of an <c>application/problem+json</c> response (RFC 9457).</summary>
internal sealed record ProblemBody(
    string Type,
    string Title,
    int Status,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Detail,
    string Instance,
    string Code,
    string TraceId,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyDictionary<string, string[]>? Errors,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] int? RetryAfterSeconds,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] int? Position)
{
    public const string ContentType = "application/problem+json";

    public static ProblemBody Create(Problem problem, string instance, string traceId) => new(
        ErrorTable.TypeFor(problem.Code),
        problem.Kind.Title,
        problem.Kind.Status,
        problem.Text,
        instance,
        ErrorCodeText.For(problem.Code),
        traceId,
        problem.Errors,
        problem.RetryAfterSeconds,
        problem.Position);
}
