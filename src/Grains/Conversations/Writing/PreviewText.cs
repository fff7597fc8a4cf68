namespace JubileeVerse.Conversations.Writing;

/// <summary>Shortens text to one line.</summary>
internal static class PreviewText
{
    private const string Ellipsis = "…";

    /// <summary>
    /// Folds white space and cuts the text to at most <paramref name="maxLength"/> UTF-16 code units, between words where possible and
    /// never inside a surrogate pair.
    /// </summary>
    public static string Create(string text, int maxLength)
    {
        // Only the beginning is folded, because the end of a long text is never visible.
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
