using JubileeVerse.Conversations;
using JubileeVerse.Gateway.Errors;
using JubileeVerse.Gateway.Http;
using JubileeVerse.Gateway.Personas;
using JubileeVerse.Rules;

namespace JubileeVerse.Gateway.Conversations.Requests;

internal sealed record CreateConversationRequest : ICheckedRequest
{
    /// <summary>Ids or slugs. Default: the user's default persona.</summary>
    public List<string>? Personas { get; init; }

    public string? Title { get; init; }

    public string? Language { get; init; }

    public OnBusy? OnBusy { get; init; }

    public void Check(Faults faults)
    {
        PersonaNames.Check(faults, Personas);
        TextRules.Optional(faults, "title", Title, InputLimits.MaxTitleLength);
        TextRules.Language(faults, "language", Language);
    }
}
