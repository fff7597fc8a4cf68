namespace JubileeVerse.Accounts;

/// <summary>The account grain as the directory calls it when a guest registers, so that a user's row has a single writer.</summary>
[Alias("IAccountSignUp"), GrainInterfaceType("JubileeVerse.Accounts.IAccountSignUp")]
internal interface IAccountSignUpGrain : IGrainWithGuidKey
{
    /// <summary>May refuse with <c>EmailTaken</c> or <c>AlreadySignedUp</c>.</summary>
    [Alias("SignUpAsync")]
    Task<AccountResult> SignUpAsync(SignUp command, CancellationToken cancellationToken);
}
