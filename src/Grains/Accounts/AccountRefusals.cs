namespace JubileeVerse.Accounts;

/// <summary>The refusals that both account grains use.</summary>
internal static class AccountRefusals
{
    public static AccountResult EmailTaken() =>
        AccountResult.Refused(ErrorCode.EmailTaken, "An account with this e-mail address already exists.");

    public static AccountResult AlreadySignedUp() =>
        AccountResult.Refused(ErrorCode.AlreadySignedUp, "This user already has an account.");

    public static AccountResult InvalidCredentials() =>
        AccountResult.Refused(ErrorCode.InvalidCredentials, "The e-mail address or the password is wrong.");

    public static AccountResult Disabled() => AccountResult.Refused(ErrorCode.AccountDisabled, "This account is disabled.");

    public static AccountResult Locked(TimeSpan retryAfter) =>
        AccountResult.Refused(ErrorCode.RateLimited, "Too many failed sign-ins; try again later.", retryAfter);
}
