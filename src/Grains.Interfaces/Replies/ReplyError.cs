namespace JubileeVerse.Replies;

/// <summary>Why a reply failed, in words that may be shown.</summary>
[GenerateSerializer, Immutable, Alias("ReplyError")]
public sealed record ReplyError(string Code, string Text);
