namespace JubileeVerse.Accounts;

/// <summary>A person's row.</summary>
/// <param name="Id">The person.</param>
/// <param name="Version">The fence: each write raises it from the value that its writer has read.</param>
/// <param name="Email">As it was written; null for a guest.</param>
/// <param name="PasswordHash">Null for a guest.</param>
/// <param name="DisplayName">1 to 80 characters.</param>
/// <param name="Role">What they may do.</param>
/// <param name="Plan">A plan's name.</param>
/// <param name="PreferredLanguage">BCP 47.</param>
/// <param name="DefaultPersona">A persona's slug.</param>
/// <param name="Disabled">May not sign in.</param>
/// <param name="CreatedAt">Unix milliseconds.</param>
internal sealed record Account(
    UserId Id,
    long Version,
    string? Email,
    string? PasswordHash,
    string DisplayName,
    UserRole Role,
    string Plan,
    string PreferredLanguage,
    string DefaultPersona,
    bool Disabled,
    long CreatedAt)
{
    public const string FirstDisplayName = "Guest";
    public const string FirstLanguage = "en";
    public const string FirstPersona = "jubilee";

    public bool IsGuest => Email is null;

    public User ToUser() => new(Id, Email, DisplayName, Role, Plan, PreferredLanguage, DefaultPersona, IsGuest, Disabled);

    public override string ToString() => $"{nameof(Account)} {Id}";
}
