using JubileeVerse.Gateway.Errors;
using JubileeVerse.Gateway.Http;
using JubileeVerse.Rules;

namespace JubileeVerse.Gateway.Accounts.Requests;

internal sealed record RegisterRequest : ICheckedRequest
{
    public string? Email { get; init; }

    public string? Password { get; init; }

    public string? DisplayName { get; init; }

    public string? PreferredLanguage { get; init; }

    public void Check(Faults faults)
    {
        AccountFields.Email(faults, "email", Email);
        AccountFields.NewPassword(faults, "password", Password);
        faults.AddIfAny("displayName", DisplayNameRule.FindFault(DisplayName));
        TextRules.Language(faults, "preferredLanguage", PreferredLanguage);
    }

    public override string ToString() => nameof(RegisterRequest);
}
