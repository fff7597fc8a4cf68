namespace JubileeVerse.Gateway.Errors;

/// <summary>A request failed validation; <see cref="Errors"/> lists the faults by field.</summary>
internal sealed class InvalidFieldsException(IReadOnlyDictionary<string, string[]> errors, ErrorCode code = ErrorCode.InvalidRequest)
    : Exception("The request is not valid: " + string.Join(", ", errors.Keys) + ".")
{
    public ErrorCode Code { get; } = code;

    public IReadOnlyDictionary<string, string[]> Errors { get; } = errors;
}
