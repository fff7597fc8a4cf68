namespace JubileeVerse.Accounts;

/// <summary>The words of each refusal, said in one place because two grains say them.</summary>
internal static class AccountRefusals
{
    public static AccountResult EmailTaken() => AccountResult.Refused(ErrorCode.EmailTaken, "There is an account with this e-mail address.");

    public static AccountResult AlreadySignedUp() => AccountResult.Refused(ErrorCode.AlreadySignedUp, "You have an account already.");

    public static AccountResult InvalidCredentials() =>
        AccountResult.Refused(ErrorCode.InvalidCredentials, "The e-mail address or the password is wrong.");

    public static AccountResult Disabled() => AccountResult.Refused(ErrorCode.AccountDisabled, "This account is disabled.");

    public static AccountResult Locked(TimeSpan retryAfter) =>
        AccountResult.Refused(ErrorCode.RateLimited, "Too many failed sign-ins; try again later.", retryAfter);
}
