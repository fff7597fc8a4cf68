using JubileeVerse.Conversations;
using JubileeVerse.Gateway.Errors;
using JubileeVerse.Gateway.Http;
using JubileeVerse.Rules;

namespace JubileeVerse.Gateway.Conversations.Requests;

/// <summary>A field that is absent or null leaves its value unchanged.</summary>
internal sealed record UpdateConversationRequest : ICheckedRequest
{
    public string? Title { get; init; }

    public bool? Archived { get; init; }

    public string? Language { get; init; }

    public OnBusy? OnBusy { get; init; }

    public ConversationChange ToChange() => new(Title?.Trim(), Archived, Language, OnBusy);

    public void Check(Faults faults)
    {
        TextRules.Optional(faults, "title", Title, InputLimits.MaxTitleLength);
        TextRules.Language(faults, "language", Language);
    }
}
