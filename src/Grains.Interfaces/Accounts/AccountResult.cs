using JubileeVerse.Errors;

namespace JubileeVerse.Accounts;

/// <summary>The result of a registration or a sign-in. Exactly one of the two properties is set.</summary>
[GenerateSerializer, Immutable, Alias("AccountResult")]
public sealed record AccountResult(User? User, Refusal? Refusal)
{
    public static AccountResult Success(User user) => new(user, null);

    public static AccountResult Refused(ErrorCode code, string detail, TimeSpan? retryAfter = null) =>
        new(null, new Refusal(code, detail, retryAfter));
}
