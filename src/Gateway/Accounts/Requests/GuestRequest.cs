using JubileeVerse.Gateway.Errors;
using JubileeVerse.Gateway.Http;

namespace JubileeVerse.Gateway.Accounts.Requests;

internal sealed record GuestRequest : ICheckedRequest
{
    public string? DisplayName { get; init; }

    public string? PreferredLanguage { get; init; }

    public void Check(Faults faults)
    {
        TextRules.Optional(faults, "displayName", DisplayName, AccountFields.MaxDisplayNameLength);
        TextRules.Language(faults, "preferredLanguage", PreferredLanguage);
    }
}
