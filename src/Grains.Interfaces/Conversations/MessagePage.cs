using System.Collections.Immutable;
using JubileeVerse.Replies;

namespace JubileeVerse.Conversations;

/// <summary>Messages in ascending order, and the channel position to subscribe from.</summary>
/// <param name="Messages">Ascending by <c>seq</c>.</param>
/// <param name="HasMore">True if there are more messages in the requested direction.</param>
/// <param name="OpenReplies">Replies that are queued or generating, oldest first.</param>
/// <param name="Offset">The channel's offset, read with the messages.</param>
[GenerateSerializer, Immutable, Alias("MessagePage")]
public sealed record MessagePage(
    ImmutableArray<Message> Messages, bool HasMore, ImmutableArray<Reply> OpenReplies, string Epoch, long Offset);
