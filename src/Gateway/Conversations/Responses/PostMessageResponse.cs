using System.Collections.Immutable;
using JubileeVerse.Conversations;
using JubileeVerse.Replies;

namespace JubileeVerse.Gateway.Conversations.Responses;

internal sealed record PostMessageResponse(Message Message, ImmutableArray<Reply> Replies);
