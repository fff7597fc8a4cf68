namespace JubileeVerse.Replies.Builtin;

/// <summary>Splits a text after each run of white space; the concatenated pieces are the text.</summary>
internal static class WordSplitter
{
    public static List<string> Split(string text)
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
