using JubileeVerse.Conversations;
using JubileeVerse.Gateway.Conversations.Requests;
using JubileeVerse.Gateway.Errors;
using JubileeVerse.Rules;

namespace JubileeVerse.Gateway.Realtime.Hub;

/// <summary>A message to post, as over HTTP; the conversation id is a property, because there is no path.</summary>
internal sealed record SendMessageRequest : ICheckedRequest
{
    public ConversationId? ConversationId { get; init; }

    public string? Content { get; init; }

    public string? ClientMessageId { get; init; }

    public List<string>? Personas { get; init; }

    public string? Language { get; init; }

    public PostMessageRequest ToPost() => new()
    {
        Content = Content,
        ClientMessageId = ClientMessageId,
        Personas = Personas,
        Language = Language,
    };

    public void Check(Faults faults)
    {
        faults.AddIf(ConversationId is null, "conversationId", TextField.RequiredRule);
        ToPost().Check(faults);
    }

    public override string ToString() => nameof(SendMessageRequest);
}
