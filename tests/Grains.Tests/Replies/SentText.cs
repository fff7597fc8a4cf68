namespace JubileeVerse.Grains.Tests.Replies;

/// <summary>One call that brought text to a conversation.</summary>
internal sealed record SentText(int Offset, string Text);
