using JubileeVerse.Gateway.Errors;
using JubileeVerse.Rules;

namespace JubileeVerse.Gateway.Accounts;

/// <summary>Validates account fields. The silo applies the same rules; the gateway reports all faults at once.</summary>
internal static class AccountFields
{
    public static void Email(Faults faults, string field, string? email) => faults.AddIfAny(field, EmailAddress.FindFault(email));

    public static void NewPassword(Faults faults, string field, string? password)
    {
        foreach (var fault in PasswordRule.FindFaults(password))
            faults.Add(field, fault);
    }
}
