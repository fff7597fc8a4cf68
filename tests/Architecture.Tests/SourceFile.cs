namespace JubileeVerse.Architecture.Tests;

/// <param name="Path">From the repository's root.</param>
/// <param name="Text">All of it.</param>
internal sealed record SourceFile(string Path, string Text)
{
    public int LineCount => Text.AsSpan().Count('\n');
}
