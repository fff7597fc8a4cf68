using System.Collections.Immutable;
using Microsoft.Extensions.AI;

namespace JubileeVerse.Testing.Replies;

/// <summary>One call to a <see cref="ScriptedChatClient"/>.</summary>
internal sealed record ScriptedCall(ImmutableArray<ChatMessage> Messages, ChatOptions? Options);
