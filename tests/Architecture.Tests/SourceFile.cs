namespace JubileeVerse.Architecture.Tests;

/// <param name="Path">The path relative to the repository's root.</param>
internal sealed record SourceFile(string Path, string Text)
{
    public int LineCount => Text.AsSpan().Count('\n');
}
