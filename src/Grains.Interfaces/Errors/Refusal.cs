namespace JubileeVerse.Errors;

/// <summary>An expected "no", as a value in a call's result. Nothing was stored.</summary>
/// <param name="Code">Which rule said no.</param>
/// <param name="Detail">One sentence for the person who reads it.</param>
/// <param name="RetryAfter">When trying again may help; null where it will not.</param>
/// <param name="Position">How many are before the caller, where a queue refused; else null.</param>
[GenerateSerializer, Immutable, Alias("Refusal")]
public sealed record Refusal(ErrorCode Code, string Detail, TimeSpan? RetryAfter = null, int? Position = null);
