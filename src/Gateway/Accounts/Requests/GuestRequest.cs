using JubileeVerse.Gateway.Errors;
using JubileeVerse.Gateway.Http;
using JubileeVerse.Rules;

namespace JubileeVerse.Gateway.Accounts.Requests;

internal sealed record GuestRequest : ICheckedRequest
{
    public string? DisplayName { get; init; }

    public string? PreferredLanguage { get; init; }

    public void Check(Faults faults)
    {
        faults.AddIfAny("displayName", DisplayNameRule.FindOptionalFault(DisplayName));
        TextRules.Language(faults, "preferredLanguage", PreferredLanguage);
    }
}
