using System.Collections.Immutable;
using JubileeVerse.Replies.Builtin;
using Microsoft.Extensions.AI;

namespace JubileeVerse.Replies.Providers;

/// <summary>A request for a reply, independent of the model that generates it.</summary>
/// <param name="Speaker">The persona for the <c>builtin</c> model.</param>
/// <param name="Compose">Composes the prompt for a budget of tokens.</param>
internal sealed record ReplyRequest(BuiltinSpeaker Speaker, Func<int, ImmutableArray<ChatMessage>> Compose)
{
    public ChatOptions OptionsFor(ChatModel model) => new()
    {
        MaxOutputTokens = model.MaxOutputTokens,
        AdditionalProperties = new AdditionalPropertiesDictionary { [BuiltinChatClient.SpeakerKey] = Speaker },
    };
}
