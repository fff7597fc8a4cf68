namespace JubileeVerse.Errors;

/// <summary>
/// A caller's fault or a missing thing. "Not found" and "not yours" look the same on purpose.
/// Expected refusals are a <see cref="Refusal"/> in the result instead; everything else bubbles and is a 500.
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

    /// <summary>The request's field at fault, in the request's own spelling; null where no single field is.</summary>
    [Id(1)]
    public string? Field { get; }

    /// <summary>When trying again may help; null where it will not, or nobody knows.</summary>
    [Id(2)]
    public TimeSpan? RetryAfter { get; init; }

    public static JubileeException NotFound(string what) => new(ErrorCode.NotFound, $"No such {what}.");

    public static JubileeException Invalid(string field, string rule) => new(ErrorCode.InvalidRequest, rule, field);
}
