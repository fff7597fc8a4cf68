using JubileeVerse.Replies;

namespace JubileeVerse.Gateway.Realtime;

/// <summary>How much of a reply's text a client has.</summary>
/// <param name="ReplyId">Which.</param>
/// <param name="Run">The run whose text it is.</param>
/// <param name="TextOffset">UTF-16 code units of it.</param>
internal sealed record ResumeReply(ReplyId ReplyId, long Run, int TextOffset);
