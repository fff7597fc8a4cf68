using JubileeVerse.Errors;

namespace JubileeVerse.Accounts;

/// <summary>Whether a person may have these replies made, and how their jobs are ranked.</summary>
/// <param name="Refusal">Set when not: <c>TooManyOpenReplies</c> or <c>RateLimited</c>.</param>
/// <param name="Priority">1 (first) to 10, from the plan.</param>
/// <param name="Weight">The plan's share against others', 1 or more.</param>
[GenerateSerializer, Immutable, Alias("Admission")]
public sealed record Admission(Refusal? Refusal, int Priority, int Weight);
