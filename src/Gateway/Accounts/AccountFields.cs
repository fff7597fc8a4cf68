using System.Net.Mail;
using JubileeVerse.Gateway.Errors;

namespace JubileeVerse.Gateway.Accounts;

/// <summary>Validation rules for account fields. The silo enforces them too; the gateway reports all faults at once.</summary>
internal static class AccountFields
{
    public const int MaxDisplayNameLength = 80;

    private const int MaxEmailLength = 254;
    private const int MinPasswordLength = 8;
    private const int MaxPasswordLength = 200;

    public static void Email(Faults faults, string field, string? email) => faults.AddIf(
        email is not { Length: > 0 and <= MaxEmailLength } || !MailAddress.TryCreate(email, out var parsed) || parsed.Address != email,
        field,
        $"Must be an e-mail address of at most {MaxEmailLength} characters.");

    public static void NewPassword(Faults faults, string field, string? password)
    {
        faults.AddIf(password is not { Length: >= MinPasswordLength }, field, $"Must be at least {MinPasswordLength} characters.");
        faults.AddIf(password is { Length: > MaxPasswordLength }, field, $"Must be at most {MaxPasswordLength} characters.");
        faults.AddIf(password is null || !password.Any(char.IsUpper), field, "Must contain an upper-case letter.");
        faults.AddIf(password is null || !password.Any(char.IsLower), field, "Must contain a lower-case letter.");
        faults.AddIf(password is null || !password.Any(char.IsDigit), field, "Must contain a digit.");
    }
}
