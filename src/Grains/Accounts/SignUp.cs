namespace JubileeVerse.Accounts;

/// <summary>What turns a guest into an account; checked, and the password hashed.</summary>
[GenerateSerializer, Immutable, Alias("SignUp")]
internal sealed record SignUp(string Email, string PasswordHash, string DisplayName, string? PreferredLanguage)
{
    public override string ToString() => nameof(SignUp);
}
