using JubileeVerse.Errors;

namespace JubileeVerse.Gateway.Errors;

/// <summary>A rejected or failed request, independent of the transport.</summary>
/// <param name="Detail">One sentence about this occurrence; null where the title is sufficient.</param>
/// <param name="Errors">Faults by field, for an invalid request.</param>
/// <param name="RetryAfter">The delay after which a retry may succeed; null if unknown.</param>
/// <param name="Position">How many jobs or replies are ahead of the caller's, if a queue rejected the request.</param>
internal sealed record Problem(
    ErrorCode Code,
    string? Detail = null,
    IReadOnlyDictionary<string, string[]>? Errors = null,
    TimeSpan? RetryAfter = null,
    int? Position = null)
{
    /// <summary>For a 429 or 503 without an explicit delay.</summary>
    private static readonly TimeSpan DefaultRetryAfter = TimeSpan.FromSeconds(2);

    /// <summary>
    /// A human-readable text: the detail, otherwise the field faults joined for clients that show nothing else; null where the title is
    /// sufficient.
    /// </summary>
    public string? Text => Detail
        ?? (Errors is null ? null : string.Join(" ", Errors.SelectMany(fault => fault.Value.Select(rule => $"{fault.Key}: {rule}"))));

    public ProblemKind Kind => ErrorTable.For(Code);

    /// <summary>Whole seconds, at least 1; null for a status that is not retryable.</summary>
    public int? RetryAfterSeconds => Kind.Status is 429 or 503
        ? Math.Max(1, (int)Math.Ceiling((RetryAfter ?? DefaultRetryAfter).TotalSeconds))
        : null;

    public static Problem From(Refusal refusal) => new(refusal.Code, refusal.Detail, null, refusal.RetryAfter, refusal.Position);

    public static Problem From(JubileeException exception) => new(
        exception.Code,
        exception.Message,
        exception.Field is { } field ? new Dictionary<string, string[]> { [field] = [exception.Message] } : null,
        exception.RetryAfter);

    public static Problem Invalid(string field, string rule) =>
        new(ErrorCode.InvalidRequest, null, new Dictionary<string, string[]> { [field] = [rule] });
}
