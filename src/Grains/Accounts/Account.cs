namespace JubileeVerse.Accounts;

/// <summary>A user's account.</summary>
/// <param name="Version">For optimistic concurrency: each write increments it from the value that the writer has read.</param>
/// <param name="Email">As entered by the user; null for a guest.</param>
/// <param name="PasswordHash">Null for a guest.</param>
/// <param name="DisplayName">1 to 80 characters.</param>
/// <param name="Plan">The name of a plan.</param>
/// <param name="PreferredLanguage">BCP 47.</param>
/// <param name="DefaultPersona">A persona's slug.</param>
/// <param name="Disabled">True if the user cannot sign in.</param>
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
    public const string DefaultDisplayName = "Guest";
    public const string DefaultLanguage = "en";
    public const string DefaultPersonaSlug = "jubilee";

    public bool IsGuest => Email is null;

    public User ToUser() => new(Id, Email, DisplayName, Role, Plan, PreferredLanguage, DefaultPersona, IsGuest, Disabled);

    public override string ToString() => $"{nameof(Account)} {Id}";
}
