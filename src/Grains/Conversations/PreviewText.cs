namespace JubileeVerse.Conversations;

/// <summary>Shortens text to one line.</summary>
internal static class PreviewText
{
    private const string Ellipsis = "…";

    /// <summary>White space folded, at most <paramref name="maxLength"/> UTF-16 code units, cut between words where possible and never inside a surrogate pair.</summary>
    public static string Of(string text, int maxLength)
    {
        // Only the beginning is folded: a long answer's end cannot be seen.
        var beginning = text.Length > maxLength * 4 ? text[..(maxLength * 4)] : text;
        var line = string.Join(' ', beginning.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        if (line.Length <= maxLength)
            return line;

        var end = maxLength - Ellipsis.Length;
        if (char.IsHighSurrogate(line[end - 1]))
            end--;
        var space = line.LastIndexOf(' ', end - 1);
        return string.Concat(line.AsSpan(0, space > end / 2 ? space : end), Ellipsis);
    }
}
