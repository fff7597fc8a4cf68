namespace JubileeVerse.Testing.Merging;

/// <summary>A frame to merge.</summary>
/// <param name="Kind"><c>start</c>, <c>delta</c> or <c>snapshot</c>.</param>
public sealed record MergeFrame(string Kind, long Run, int TextOffset = 0, string Text = "");
