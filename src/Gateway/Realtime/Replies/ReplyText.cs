using System.Text;

namespace JubileeVerse.Gateway.Realtime.Replies;

/// <summary>
/// The text of a reply so far, assembled from deltas that may arrive twice, late, or not at all.
/// <para>
/// A later run starts the text again, and deltas of an earlier run are ignored. Within a run the text only grows, so of two versions the
/// shorter is a prefix of the longer. A delta is placed by its offset: the part that is known is trimmed, and a delta that would leave a
/// gap is refused.
/// </para>
/// </summary>
internal sealed class ReplyText
{
    private readonly StringBuilder _text = new();

    /// <summary>0 before the first run.</summary>
    public long Run { get; private set; }

    /// <summary>The length of the text in UTF-16 code units.</summary>
    public int Length => _text.Length;

    /// <summary>The length that can be sent, which never ends inside a surrogate pair.</summary>
    public int ReadableLength => _text.Length > 0 && char.IsHighSurrogate(_text[^1]) ? _text.Length - 1 : _text.Length;

    /// <summary>Starts the text of a run, unless the run is not later than the current one.</summary>
    public TextMergeResult Start(long run)
    {
        if (run <= Run)
            return TextMergeResult.Ignored;

        Run = run;
        _text.Clear();
        return TextMergeResult.Applied;
    }

    public TextMergeResult Append(long run, int offset, ReadOnlySpan<char> delta)
    {
        if (run < Run || offset < 0)
            return TextMergeResult.Ignored;

        var restarted = Start(run) == TextMergeResult.Applied;
        if (offset > _text.Length)
            return TextMergeResult.Gap;

        var known = _text.Length - offset;
        if (known >= delta.Length)
            return restarted ? TextMergeResult.Applied : TextMergeResult.Ignored;

        _text.Append(delta[known..]);
        return TextMergeResult.Applied;
    }

    /// <summary>Takes the whole text of a run from a snapshot or an end frame, if it is longer than the text known here.</summary>
    public TextMergeResult Replace(long run, ReadOnlySpan<char> text)
    {
        if (run < Run || (run == Run && text.Length <= _text.Length))
            return TextMergeResult.Ignored;

        Run = run;
        _text.Clear().Append(text);
        return TextMergeResult.Applied;
    }

    /// <summary>True when a reader that has the run's text up to the offset can continue with a delta.</summary>
    public bool CanResumeAt(long run, int offset) =>
        run == Run && offset >= 0 && offset <= ReadableLength && (offset == 0 || !char.IsHighSurrogate(_text[offset - 1]));

    public string Slice(int from, int to) => _text.ToString(from, to - from);
}
