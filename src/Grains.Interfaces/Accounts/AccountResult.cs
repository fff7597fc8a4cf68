using JubileeVerse.Errors;

namespace JubileeVerse.Accounts;

/// <summary>The answer to a registration or a sign-in: exactly one of the two is set.</summary>
[GenerateSerializer, Immutable, Alias("AccountResult")]
public sealed record AccountResult(User? User, Refusal? Refusal)
{
    public static AccountResult Of(User user) => new(user, null);

    public static AccountResult Refused(ErrorCode code, string detail, TimeSpan? retryAfter = null) => new(null, new Refusal(code, detail, retryAfter));
}
