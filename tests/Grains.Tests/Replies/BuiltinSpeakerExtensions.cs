using JubileeVerse.Replies.Builtin;
using Microsoft.Extensions.AI;

namespace JubileeVerse.Grains.Tests.Replies;

internal static class BuiltinSpeakerExtensions
{
    /// <summary>The answer to the first message of a conversation.</summary>
    public static string Answer(this BuiltinSpeaker speaker, string text) => BuiltinAnswer.Write(speaker, [new ChatMessage(ChatRole.User, text)]);
}
