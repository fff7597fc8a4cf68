namespace JubileeVerse.Errors;

/// <summary>An expected refusal, as a value in the result of a call. Nothing was stored.</summary>
/// <param name="Code">The rule that refused the request.</param>
/// <param name="Detail">One sentence for the user.</param>
/// <param name="RetryAfter">Time after which a retry may succeed; null if a retry will not help.</param>
/// <param name="Position">Number of jobs before the caller if a queue refused; otherwise null.</param>
[GenerateSerializer, Immutable, Alias("Refusal")]
public sealed record Refusal(ErrorCode Code, string Detail, TimeSpan? RetryAfter = null, int? Position = null);
