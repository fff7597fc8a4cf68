namespace JubileeVerse.Testing.Merging;

/// <summary>The text of a reply so far.</summary>
public sealed record MergeContent(long Run, string Text);
