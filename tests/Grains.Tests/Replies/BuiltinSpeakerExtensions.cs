using JubileeVerse.Replies.Builtin;
using Microsoft.Extensions.AI;

namespace JubileeVerse.Grains.Tests.Replies;

internal static class BuiltinSpeakerExtensions
{
    /// <summary>The reply to the first message of a conversation.</summary>
    public static string Reply(this BuiltinSpeaker speaker, string text) =>
        BuiltinReplyWriter.Write(speaker, [new ChatMessage(ChatRole.User, text)]);
}
