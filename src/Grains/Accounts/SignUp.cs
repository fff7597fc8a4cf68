namespace JubileeVerse.Accounts;

/// <summary>The validated data that turns a guest into a full account, with the password already hashed.</summary>
[GenerateSerializer, Immutable, Alias("SignUp")]
internal sealed record SignUp(string Email, string PasswordHash, string DisplayName, string? PreferredLanguage)
{
    public override string ToString() => nameof(SignUp);
}
