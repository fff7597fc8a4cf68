using System.Text;

namespace JubileeVerse.Replies;

/// <summary>
/// Turns the pieces of a reply into text that can be stored and sent: surrogate pairs stay whole even if a model splits one over two
/// pieces, U+0000 is replaced (PostgreSQL rejects it), and the text ends at the length limit.
/// </summary>
internal sealed class ReplyTextSanitizer(int maxLength)
{
    private const char Replacement = '\uFFFD';

    private int _length;
    private char _pendingHighSurrogate;

    /// <summary>True once the limit is reached; further pieces are ignored.</summary>
    public bool IsFull { get; private set; }

    /// <summary>Returns the text that can be sent now; it may be empty.</summary>
    public string Sanitize(string piece)
    {
        if (IsFull)
            return "";

        var sanitized = _pendingHighSurrogate == 0 && IsClean(piece) ? piece : Clean(piece);
        if (_length + sanitized.Length > maxLength)
        {
            sanitized = sanitized[..WholeCharacters(sanitized, maxLength - _length)];
            IsFull = true;
        }

        _length += sanitized.Length;
        IsFull |= _length == maxLength;
        return sanitized;
    }

    /// <summary>Length of the longest prefix of at most <paramref name="length"/> that does not split a surrogate pair.</summary>
    public static int WholeCharacters(string text, int length) =>
        length > 0 && length < text.Length && char.IsHighSurrogate(text[length - 1]) && char.IsLowSurrogate(text[length])
            ? length - 1
            : length;

    private static bool IsClean(string piece) => !piece.Contains('\0') && piece.AsSpan().IndexOfAnyInRange('\uD800', '\uDFFF') < 0;

    private string Clean(string piece)
    {
        var text = new StringBuilder(piece.Length + 1);
        foreach (var c in piece)
        {
            if (_pendingHighSurrogate != 0)
            {
                text.Append(char.IsLowSurrogate(c) ? _pendingHighSurrogate : Replacement);
                var isPair = char.IsLowSurrogate(c);
                _pendingHighSurrogate = '\0';
                if (isPair)
                {
                    text.Append(c);
                    continue;
                }
            }

            if (char.IsHighSurrogate(c))
                _pendingHighSurrogate = c;
            else
                text.Append(c == '\0' || char.IsLowSurrogate(c) ? Replacement : c);
        }

        return text.ToString();
    }
}
