using System.Text.RegularExpressions;
using JubileeVerse.Errors;
using JubileeVerse.Rules;

namespace JubileeVerse.Accounts;

/// <summary>
/// Validation rules of account fields. Each rule returns the value as it is stored, or throws <c>InvalidRequest</c> with its field.
/// </summary>
internal static partial class AccountRules
{
    public static string Email(string? email)
    {
        var trimmed = (email ?? "").Trim();
        JubileeException.ThrowIfInvalid("email", EmailAddress.FindFault(trimmed));
        return trimmed;
    }

    /// <summary>The unique key of an address, which ignores case.</summary>
    public static string EmailKey(string email) => email.Trim().ToLowerInvariant();

    public static string Password(string? password)
    {
        var faults = string.Join(' ', PasswordRule.FindFaults(password));
        JubileeException.ThrowIfInvalid("password", faults.Length == 0 ? null : faults);
        return password!;
    }

    public static string DisplayName(string? displayName)
    {
        JubileeException.ThrowIfInvalid("displayName", DisplayNameRule.FindFault(displayName));
        return displayName!.Trim();
    }

    public static string Language(string? language)
    {
        JubileeException.ThrowIfInvalid("preferredLanguage", LanguageTag.FindFault(language));
        return language!;
    }

    public static string PersonaSlug(string? slug) => slug is not null && SlugShape().IsMatch(slug)
        ? slug
        : throw UnknownPersona();

    public static JubileeException UnknownPersona() =>
        JubileeException.Invalid("defaultPersona", "Must be the slug of an active persona.");

    [GeneratedRegex("^[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?\\z", RegexOptions.CultureInvariant)]
    private static partial Regex SlugShape();
}
