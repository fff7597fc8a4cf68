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
    private const int MinCapacity = 256;

    /// <summary>Its first <see cref="Length"/> characters never change, because <see cref="Readable"/> shares them.</summary>
    private char[] _text = [];

    /// <summary>0 before the first run.</summary>
    public long Run { get; private set; }

    /// <summary>The length of the text in UTF-16 code units.</summary>
    public int Length { get; private set; }

    /// <summary>The text that can be sent, which never ends inside a surrogate pair. It does not change when the text grows.</summary>
    public ReadOnlyMemory<char> Readable =>
        _text.AsMemory(0, Length > 0 && char.IsHighSurrogate(_text[Length - 1]) ? Length - 1 : Length);

    /// <summary>Starts the text of a run, unless the run is not later than the current one.</summary>
    public TextMergeResult Start(long run)
    {
        if (run <= Run)
            return TextMergeResult.Ignored;

        (Run, Length, _text) = (run, 0, []);
        return TextMergeResult.Applied;
    }

    public TextMergeResult Append(long run, int offset, ReadOnlySpan<char> delta)
    {
        if (run < Run || offset < 0)
            return TextMergeResult.Ignored;

        // A delta that is refused changes nothing, so it does not start its run either.
        var known = (run == Run ? Length : 0) - offset;
        if (known < 0)
            return TextMergeResult.Gap;

        var restarted = Start(run) == TextMergeResult.Applied;
        if (known >= delta.Length)
            return restarted ? TextMergeResult.Applied : TextMergeResult.Ignored;

        Add(delta[known..]);
        return TextMergeResult.Applied;
    }

    /// <summary>Takes the whole text of a run from a snapshot or an end frame, if it is longer than the text known here.</summary>
    public TextMergeResult Replace(long run, ReadOnlySpan<char> text)
    {
        if (run < Run || (run == Run && text.Length <= Length))
            return TextMergeResult.Ignored;

        (Run, Length, _text) = (run, text.Length, text.ToArray());
        return TextMergeResult.Applied;
    }

    public string Slice(int from, int to) => _text.AsSpan(from..to).ToString();

    private void Add(ReadOnlySpan<char> added)
    {
        if (Length + added.Length > _text.Length)
            Array.Resize(ref _text, Math.Max(MinCapacity, Math.Max(Length + added.Length, _text.Length * 2)));
        added.CopyTo(_text.AsSpan(Length));
        Length += added.Length;
    }
}
