using JubileeVerse.Errors;

namespace JubileeVerse.Accounts;

/// <summary>Whether a user may request these replies, and with which priority and weight their jobs are queued.</summary>
/// <param name="Refusal">Null if admitted; otherwise <c>TooManyOpenReplies</c> or <c>RateLimited</c>.</param>
/// <param name="Priority">1 (first) to 10, from the user's plan.</param>
/// <param name="Weight">The share of the plan relative to other users, 1 or more.</param>
[GenerateSerializer, Immutable, Alias("Admission")]
public sealed record Admission(Refusal? Refusal, int Priority, int Weight);
