using System.Collections.Immutable;

namespace JubileeVerse.Conversations.Store;

/// <summary>A user message with the first reply of each persona that was asked for one.</summary>
internal sealed record MessageWithReplies(Message Message, ImmutableArray<FirstReply> FirstReplies);
