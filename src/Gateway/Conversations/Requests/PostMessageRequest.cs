using JubileeVerse.Gateway.Errors;
using JubileeVerse.Gateway.Http;
using JubileeVerse.Gateway.Personas;
using JubileeVerse.Rules;

namespace JubileeVerse.Gateway.Conversations.Requests;

internal sealed record PostMessageRequest : ICheckedRequest
{
    public string? Content { get; init; }

    public string? ClientMessageId { get; init; }

    /// <summary>Ids or slugs, in the order in which the personas reply. Default: the conversation's first persona.</summary>
    public List<string>? Personas { get; init; }

    public string? Language { get; init; }

    public void Check(Faults faults)
    {
        TextRules.Required(faults, "content", Content, InputLimits.MaxContentLength);
        TextRules.Optional(faults, "clientMessageId", ClientMessageId, InputLimits.MaxClientMessageIdLength);
        PersonaNames.Check(faults, Personas);
        TextRules.Language(faults, "language", Language);
    }

    public override string ToString() => nameof(PostMessageRequest);
}
