namespace JubileeVerse.Rules;

/// <summary>
/// Text that every store and client can represent. PostgreSQL cannot store U+0000, and UTF-8 cannot encode an unpaired surrogate.
/// </summary>
public static class StorableText
{
    public const string Rule = "Must not contain U+0000 or an unpaired surrogate.";

    public static bool IsStorable(ReadOnlySpan<char> text)
    {
        if (text.Contains('\0'))
            return false;

        for (var i = text.IndexOfAnyInRange('\ud800', '\udfff'); i >= 0 && i < text.Length; i++)
        {
            if (!char.IsSurrogate(text[i]))
                continue;
            if (i + 1 == text.Length || !char.IsSurrogatePair(text[i], text[i + 1]))
                return false;
            i++;
        }

        return true;
    }
}
