using JubileeVerse.Replies;

namespace JubileeVerse.Gateway.Replies;

internal sealed record ReplyResponse(Reply Reply);
