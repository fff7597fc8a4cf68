namespace JubileeVerse.Replies.Builtin;

/// <summary>A text cut after each run of white space: joined again, the pieces are the text.</summary>
internal static class WordPieces
{
    public static List<string> Of(string text)
    {
        var pieces = new List<string>();
        var start = 0;
        for (var i = 1; i < text.Length; i++)
        {
            if (char.IsWhiteSpace(text[i - 1]) && !char.IsWhiteSpace(text[i]))
            {
                pieces.Add(text[start..i]);
                start = i;
            }
        }

        if (start < text.Length)
            pieces.Add(text[start..]);
        return pieces;
    }
}
