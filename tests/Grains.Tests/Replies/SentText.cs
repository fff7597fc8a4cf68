namespace JubileeVerse.Grains.Tests.Replies;

/// <summary>One call that appended text to a conversation.</summary>
internal sealed record SentText(int Offset, string Text);
