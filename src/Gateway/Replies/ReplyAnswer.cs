using JubileeVerse.Replies;

namespace JubileeVerse.Gateway.Replies;

internal sealed record ReplyAnswer(Reply Reply);
