using System.Collections.Immutable;
using JubileeVerse.Replies.Builtin;
using Microsoft.Extensions.AI;

namespace JubileeVerse.Replies.Providers;

/// <summary>What an answer is asked with, whichever model gets to make it.</summary>
/// <param name="Speaker">Whose voice <c>builtin</c> speaks in.</param>
/// <param name="Compose">Makes the prompt for a window of so many tokens.</param>
internal sealed record ReplyRequest(BuiltinSpeaker Speaker, Func<int, ImmutableArray<ChatMessage>> Compose)
{
    public ChatOptions OptionsFor(ChatModel model) => new()
    {
        MaxOutputTokens = model.MaxOutputTokens,
        AdditionalProperties = new AdditionalPropertiesDictionary { [BuiltinChatClient.SpeakerKey] = Speaker },
    };
}
