using JubileeVerse.Replies;

namespace JubileeVerse.Gateway.Realtime.Replies;

/// <summary>How much of a reply's text a client has.</summary>
/// <param name="Run">The run whose text the client has.</param>
/// <param name="TextOffset">The number of UTF-16 code units of that text.</param>
internal sealed record ResumeReply(ReplyId ReplyId, long Run, int TextOffset);
