namespace JubileeVerse.Accounts;

/// <summary>The account grain's door for the directory: a person's row has one writer, also when a guest registers.</summary>
[Alias("IAccountSignUp")]
internal interface IAccountSignUp : IGrainWithGuidKey
{
    /// <summary>Refuses with <c>EmailTaken</c>, <c>AlreadySignedUp</c>.</summary>
    [Alias("SignUpAsync")]
    Task<AccountResult> SignUpAsync(SignUp command, CancellationToken cancellationToken);
}
