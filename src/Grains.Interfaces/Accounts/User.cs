namespace JubileeVerse.Accounts;

/// <summary>A person as the API shows them.</summary>
/// <param name="Id">The person.</param>
/// <param name="Email">Null for a guest.</param>
/// <param name="DisplayName">1 to 80 characters.</param>
/// <param name="Role">What they may do.</param>
/// <param name="Plan">The name of a configured plan: <c>free</c> or <c>premium</c> by default.</param>
/// <param name="PreferredLanguage">BCP 47, such as <c>en</c>.</param>
/// <param name="DefaultPersona">Slug of the persona a new conversation starts with.</param>
/// <param name="IsGuest">True until they register.</param>
/// <param name="Disabled">True: may not sign in; every session of theirs has ended.</param>
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
