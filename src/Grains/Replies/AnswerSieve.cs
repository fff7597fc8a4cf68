using System.Text;

namespace JubileeVerse.Replies;

/// <summary>
/// Lets the pieces of an answer through as text that can be stored and sent: surrogate pairs whole even where a model splits them over
/// two pieces, no U+0000 (PostgreSQL refuses it), and no more than the limit.
/// </summary>
internal sealed class AnswerSieve(int maxLength)
{
    private const char Replacement = '\uFFFD';

    private int _length;
    private char _heldHigh;

    /// <summary>The limit is reached: no more will come through.</summary>
    public bool IsFull { get; private set; }

    /// <summary>What may be sent now; may be empty.</summary>
    public string Pass(string piece)
    {
        if (IsFull)
            return "";

        var passed = _heldHigh == 0 && IsClean(piece) ? piece : Clean(piece);
        if (_length + passed.Length > maxLength)
        {
            passed = passed[..WholeCharacters(passed, maxLength - _length)];
            IsFull = true;
        }

        _length += passed.Length;
        IsFull |= _length == maxLength;
        return passed;
    }

    /// <summary>The longest beginning of at most <paramref name="length"/> that ends between characters.</summary>
    public static int WholeCharacters(string text, int length) =>
        length > 0 && length < text.Length && char.IsHighSurrogate(text[length - 1]) && char.IsLowSurrogate(text[length]) ? length - 1 : length;

    private static bool IsClean(string piece) => !piece.Contains('\0') && piece.AsSpan().IndexOfAnyInRange('\uD800', '\uDFFF') < 0;

    private string Clean(string piece)
    {
        var text = new StringBuilder(piece.Length + 1);
        foreach (var c in piece)
        {
            if (_heldHigh != 0)
            {
                text.Append(char.IsLowSurrogate(c) ? _heldHigh : Replacement);
                var isPair = char.IsLowSurrogate(c);
                _heldHigh = '\0';
                if (isPair)
                {
                    text.Append(c);
                    continue;
                }
            }

            if (char.IsHighSurrogate(c))
                _heldHigh = c;
            else
                text.Append(c == '\0' || char.IsLowSurrogate(c) ? Replacement : c);
        }

        return text.ToString();
    }
}
