using System.Net.Mail;
using JubileeVerse.Gateway.Errors;

namespace JubileeVerse.Gateway.Accounts;

/// <summary>Rules of a person's own fields. The silo holds them too; here all faults are told at once.</summary>
internal static class AccountFields
{
    public const int MaxDisplayNameLength = 80;

    private const int MaxEmailLength = 254;
    private const int MinPasswordLength = 8;
    private const int MaxPasswordLength = 200;

    public static void Email(Faults faults, string field, string? email) => faults.AddIf(
        email is not { Length: > 0 and <= MaxEmailLength } || !MailAddress.TryCreate(email, out var parsed) || parsed.Address != email,
        field,
        "An e-mail address is expected.");

    public static void NewPassword(Faults faults, string field, string? password)
    {
        faults.AddIf(password is not { Length: >= MinPasswordLength }, field, $"At least {MinPasswordLength} characters.");
        faults.AddIf(password is { Length: > MaxPasswordLength }, field, $"At most {MaxPasswordLength} characters.");
        faults.AddIf(password is null || !password.Any(char.IsUpper), field, "At least one upper-case letter.");
        faults.AddIf(password is null || !password.Any(char.IsLower), field, "At least one lower-case letter.");
        faults.AddIf(password is null || !password.Any(char.IsDigit), field, "At least one digit.");
    }
}
