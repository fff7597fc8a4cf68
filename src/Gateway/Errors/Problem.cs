using JubileeVerse.Errors;

namespace JubileeVerse.Gateway.Errors;

/// <summary>A refused or failed request, before it is told.</summary>
/// <param name="Code">What went wrong.</param>
/// <param name="Detail">One sentence about this occurrence; null where the title says it all.</param>
/// <param name="Errors">Field to its faults, for a request that is not valid.</param>
/// <param name="RetryAfter">When trying again may help.</param>
/// <param name="Position">How many are before the caller, where a queue refused.</param>
internal sealed record Problem(
    ErrorCode Code,
    string? Detail = null,
    IReadOnlyDictionary<string, string[]>? Errors = null,
    TimeSpan? RetryAfter = null,
    int? Position = null)
{
    /// <summary>For a 429 or 503 whose maker named no time.</summary>
    private static readonly TimeSpan DefaultRetryAfter = TimeSpan.FromSeconds(2);

    /// <summary>One sentence or several for who reads them: what happened, or the faults, for a client that shows no more; null where the title says it all.</summary>
    public string? Text => Detail
        ?? (Errors is null ? null : string.Join(" ", Errors.SelectMany(fault => fault.Value.Select(rule => $"{fault.Key}: {rule}"))));

    public ProblemKind Kind => ErrorTable.Of(Code);

    /// <summary>Whole seconds, at least 1; null for a status that does not invite another try.</summary>
    public int? RetryAfterSeconds => Kind.Status is 429 or 503
        ? Math.Max(1, (int)Math.Ceiling((RetryAfter ?? DefaultRetryAfter).TotalSeconds))
        : null;

    public static Problem Of(Refusal refusal) => new(refusal.Code, refusal.Detail, null, refusal.RetryAfter, refusal.Position);

    public static Problem Of(JubileeException exception) => new(
        exception.Code,
        exception.Message,
        exception.Field is { } field ? new Dictionary<string, string[]> { [field] = [exception.Message] } : null,
        exception.RetryAfter);

    public static Problem Invalid(string field, string rule) =>
        new(ErrorCode.InvalidRequest, null, new Dictionary<string, string[]> { [field] = [rule] });
}
