using System.Text;

namespace JubileeVerse.Gateway.Realtime;

/// <summary>
/// A reply's text so far, put together from pieces that may come twice, late, or not at all.
/// <para>
/// A later run starts the text again and an earlier one is over. Within a run text only grows, so of two versions the
/// shorter is a beginning of the longer, and a piece is placed by its offset: what is known of it is trimmed,
/// and one that would leave a hole is refused.
/// </para>
/// </summary>
internal sealed class ReplyText
{
    private readonly StringBuilder _text = new();

    /// <summary>0 before the first run.</summary>
    public long Run { get; private set; }

    /// <summary>UTF-16 code units held.</summary>
    public int Length => _text.Length;

    /// <summary>How much can be shown: never half of a surrogate pair.</summary>
    public int ReadableLength => _text.Length > 0 && char.IsHighSurrogate(_text[^1]) ? _text.Length - 1 : _text.Length;

    /// <summary>A run begins.</summary>
    public TextMerge Start(long run)
    {
        if (run <= Run)
            return TextMerge.Ignored;

        Run = run;
        _text.Clear();
        return TextMerge.Applied;
    }

    public TextMerge Append(long run, int offset, ReadOnlySpan<char> piece)
    {
        if (run < Run || offset < 0)
            return TextMerge.Ignored;

        var restarted = Start(run) == TextMerge.Applied;
        if (offset > _text.Length)
            return TextMerge.Gap;

        var known = _text.Length - offset;
        if (known >= piece.Length)
            return restarted ? TextMerge.Applied : TextMerge.Ignored;

        _text.Append(piece[known..]);
        return TextMerge.Applied;
    }

    /// <summary>All the text that somebody else holds of a run.</summary>
    public TextMerge Replace(long run, ReadOnlySpan<char> text)
    {
        if (run < Run || (run == Run && text.Length <= _text.Length))
            return TextMerge.Ignored;

        Run = run;
        _text.Clear().Append(text);
        return TextMerge.Applied;
    }

    /// <summary>Whether a reader that has the text up to here can go on from here.</summary>
    public bool CanResumeAt(long run, int offset) =>
        run == Run && offset >= 0 && offset <= ReadableLength && (offset == 0 || !char.IsHighSurrogate(_text[offset - 1]));

    public string Slice(int from, int to) => _text.ToString(from, to - from);
}
