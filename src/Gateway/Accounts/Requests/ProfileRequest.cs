using JubileeVerse.Accounts;
using JubileeVerse.Gateway.Errors;
using JubileeVerse.Gateway.Http;
using JubileeVerse.Rules;

namespace JubileeVerse.Gateway.Accounts.Requests;

internal sealed record ProfileRequest : ICheckedRequest
{
    public string? DisplayName { get; init; }

    public string? PreferredLanguage { get; init; }

    /// <summary>The persona's id or slug.</summary>
    public string? DefaultPersona { get; init; }

    public ProfileChange ToChange(string? defaultPersonaSlug) => new(DisplayName, PreferredLanguage, defaultPersonaSlug);

    public void Check(Faults faults)
    {
        faults.AddIfAny("displayName", DisplayNameRule.FindOptionalFault(DisplayName));
        TextRules.Language(faults, "preferredLanguage", PreferredLanguage);
    }
}
