namespace JubileeVerse.Architecture.Tests.Documents;

/// <summary>A table of a document.</summary>
internal static class MarkdownTable
{
    /// <summary>The cells of the rows below a header, in order.</summary>
    /// <param name="path">The document.</param>
    /// <param name="header">The whole line of the header, which must occur once.</param>
    public static IReadOnlyList<string[]> Rows(string path, string header)
    {
        var lines = Repository.Read(path).Split('\n');
        var start = Array.IndexOf(lines, header);
        Assert.True(start >= 0 && Array.LastIndexOf(lines, header) == start, $"{path} must have one table \"{header}\".");

        return [.. lines.Skip(start + 2).TakeWhile(line => line.StartsWith('|')).Select(Cells)];
    }

    private static string[] Cells(string line) => [.. line.Trim().Trim('|').Split(" | ").Select(cell => cell.Trim())];
}
