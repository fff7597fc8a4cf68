using JubileeVerse.Accounts;

namespace JubileeVerse.Gateway.Accounts;

/// <summary>A person as they see themselves.</summary>
internal sealed record UserBody(
    UserId Id,
    string? Email,
    string DisplayName,
    UserRole Role,
    string Plan,
    string PreferredLanguage,
    string DefaultPersona,
    bool IsGuest)
{
    public static UserBody Of(User user) => new(
        user.Id, user.Email, user.DisplayName, user.Role, user.Plan, user.PreferredLanguage, user.DefaultPersona, user.IsGuest);
}
