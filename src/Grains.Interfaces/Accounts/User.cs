namespace JubileeVerse.Accounts;

/// <summary>A user as shown by the API.</summary>
/// <param name="Email">Null for a guest.</param>
/// <param name="DisplayName">1 to 80 characters.</param>
/// <param name="Plan">The name of a configured plan: <c>free</c> or <c>premium</c> by default.</param>
/// <param name="PreferredLanguage">BCP 47, such as <c>en</c>.</param>
/// <param name="DefaultPersona">Slug of the persona that a new conversation starts with.</param>
/// <param name="IsGuest">True until the user registers.</param>
/// <param name="Disabled">True if the user may not sign in. All sessions of a disabled user have ended.</param>
[GenerateSerializer, Immutable, Alias("User")]
public sealed record User(
    UserId Id,
    string? Email,
    string DisplayName,
    UserRole Role,
    string Plan,
    string PreferredLanguage,
    string DefaultPersona,
    bool IsGuest,
    bool Disabled);
