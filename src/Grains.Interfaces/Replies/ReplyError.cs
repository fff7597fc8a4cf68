namespace JubileeVerse.Replies;

/// <summary>The failure of a reply, with a text that may be displayed.</summary>
[GenerateSerializer, Immutable, Alias("ReplyError")]
public sealed record ReplyError(string Code, string Text);
