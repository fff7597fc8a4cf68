using System.Text.RegularExpressions;
using JubileeVerse.Errors;

namespace JubileeVerse.Accounts;

/// <summary>
/// Validation rules of account fields. Each rule returns the value as it is stored, or throws <c>InvalidRequest</c> with its field.
/// </summary>
internal static partial class AccountRules
{
    private const int MaxEmailLength = 254;
    private const int MaxEmailLocalLength = 64;
    private const int MinPasswordLength = 8;
    private const int MaxPasswordLength = 128;
    private const int MaxDisplayNameLength = 80;
    private const int MaxLanguageLength = 35;

    public static string Email(string? email)
    {
        var trimmed = (email ?? "").Trim();
        var valid = trimmed.Length <= MaxEmailLength && IsWellFormed(trimmed) && EmailShape().IsMatch(trimmed)
            && trimmed.IndexOf('@') <= MaxEmailLocalLength;
        return valid ? trimmed : throw JubileeException.Invalid("email", "Must be an e-mail address, such as ada@example.org.");
    }

    /// <summary>The unique key of an address, which ignores case.</summary>
    public static string EmailKey(string email) => email.Trim().ToLowerInvariant();

    public static string Password(string? password)
    {
        var valid = password is { Length: >= MinPasswordLength and <= MaxPasswordLength } && IsWellFormed(password)
            && password.Any(char.IsUpper) && password.Any(char.IsLower) && password.Any(char.IsDigit);
        return valid
            ? password!
            : throw JubileeException.Invalid(
                "password",
                $"Must have {MinPasswordLength} to {MaxPasswordLength} characters, including an upper-case letter, a lower-case letter "
                + "and a digit.");
    }

    public static string DisplayName(string? displayName)
    {
        var trimmed = (displayName ?? "").Trim();
        var valid = trimmed.Length is > 0 and <= MaxDisplayNameLength && IsWellFormed(trimmed) && !trimmed.Any(char.IsControl);
        return valid
            ? trimmed
            : throw JubileeException.Invalid("displayName", $"Must have 1 to {MaxDisplayNameLength} characters and no control characters.");
    }

    public static string Language(string? language)
    {
        var valid = language is { Length: <= MaxLanguageLength } && LanguageShape().IsMatch(language);
        return valid
            ? language!
            : throw JubileeException.Invalid("preferredLanguage", "Must be a BCP 47 language tag, such as en or pt-BR.");
    }

    public static string PersonaSlug(string? slug) => slug is not null && SlugShape().IsMatch(slug)
        ? slug
        : throw UnknownPersona();

    public static JubileeException UnknownPersona() =>
        JubileeException.Invalid("defaultPersona", "Must be the slug of an active persona.");

    /// <summary>False if the text contains U+0000, which PostgreSQL cannot store, or a lone surrogate, which cannot be encoded.</summary>
    public static bool IsWellFormed(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '\0')
                return false;
            if (!char.IsSurrogate(text[i]))
                continue;
            if (i + 1 == text.Length || !char.IsSurrogatePair(text[i], text[i + 1]))
                return false;
            i++;
        }

        return true;
    }

    /// <summary>A local part, one @, and labels of letters, digits and hyphens. It does not check that the mailbox exists.</summary>
    [GeneratedRegex(
        """^[^\s\p{C}@"(),:;<>\[\]\\]+@[\p{L}\p{N}](?:[\p{L}\p{N}-]{0,61}[\p{L}\p{N}])?"""
        + """(?:\.[\p{L}\p{N}](?:[\p{L}\p{N}-]{0,61}[\p{L}\p{N}])?)*\z""",
        RegexOptions.CultureInvariant)]
    private static partial Regex EmailShape();

    [GeneratedRegex("^[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*\\z", RegexOptions.CultureInvariant)]
    private static partial Regex LanguageShape();

    [GeneratedRegex("^[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?\\z", RegexOptions.CultureInvariant)]
    private static partial Regex SlugShape();
}
