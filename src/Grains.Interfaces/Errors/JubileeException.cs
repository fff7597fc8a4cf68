namespace JubileeVerse.Errors;

/// <summary>
/// An invalid request or a missing entity. "Not found" and "belongs to another user" look the same on purpose.
/// Expected refusals are returned as a <see cref="Refusal"/> instead. Any other exception propagates and becomes a 500.
/// </summary>
[GenerateSerializer, Alias("JubileeException")]
public sealed class JubileeException : Exception
{
    public JubileeException(ErrorCode code, string message, string? field = null)
        : base(message)
    {
        Code = code;
        Field = field;
    }

    [Id(0)]
    public ErrorCode Code { get; }

    /// <summary>The invalid field, spelled as in the request; null if the error is not about a single field.</summary>
    [Id(1)]
    public string? Field { get; }

    /// <summary>Time after which a retry may succeed; null if a retry will not help or the time is unknown.</summary>
    [Id(2)]
    public TimeSpan? RetryAfter { get; init; }

    public static JubileeException NotFound(string entity) => new(ErrorCode.NotFound, $"No such {entity}.");

    public static JubileeException Invalid(string field, string rule) => new(ErrorCode.InvalidRequest, rule, field);

    /// <param name="field">The field, spelled as in the request.</param>
    /// <param name="fault">The text of a rule, or null when the field is valid.</param>
    public static void ThrowIfInvalid(string field, string? fault)
    {
        if (fault is not null)
            throw Invalid(field, fault);
    }
}
