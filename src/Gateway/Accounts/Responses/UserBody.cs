using JubileeVerse.Accounts;

namespace JubileeVerse.Gateway.Accounts.Responses;

/// <summary>A user's own account, as returned to that user.</summary>
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
    public static UserBody From(User user) => new(
        user.Id, user.Email, user.DisplayName, user.Role, user.Plan, user.PreferredLanguage, user.DefaultPersona, user.IsGuest);
}
