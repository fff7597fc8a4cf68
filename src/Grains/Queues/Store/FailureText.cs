using System.Text;

namespace JubileeVerse.Queues.Store;

/// <summary>Words that are kept with a job: short, and such that every store can hold them.</summary>
internal static class FailureText
{
    public const int MaxBytes = 4096;

    /// <summary>At the end of a text of which more is cut off.</summary>
    public const string CutMark = " … [cut]";

    private const int MaxMessage = 1_000;
    private const int MaxFrames = 12;
    private const int MaxFrame = 250;

    private static readonly int CutMarkBytes = Encoding.UTF8.GetByteCount(CutMark);

    /// <summary>What was thrown and what it says, then the innermost frames, a line each.</summary>
    public static string Of(Exception exception)
    {
        var frames = exception.StackTrace?.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? [];
        return Clean(string.Join('\n', [Bounded($"{exception.GetType().Name}: {exception.Message}", MaxMessage), .. frames.Take(MaxFrames).Select(frame => Bounded(frame, MaxFrame))]))!;
    }

    /// <summary>Without the frames, for lists of what happens.</summary>
    public static string? Head(string? text) => text?.Split('\n', 2)[0];

    /// <summary>
    /// At most 4 KB of UTF-8, without U+0000 and halves of surrogate pairs: a text that the store refuses would fail the
    /// job's end again and again, and the queue's writing with it.
    /// </summary>
    public static string? Clean(string? text)
    {
        if (text is null || IsClean(text))
            return text;

        var clean = new StringBuilder(Math.Min(text.Length, MaxBytes));
        var bytes = 0;
        var lengthBeforeMark = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            var kept = rune.Value == 0 ? Rune.ReplacementChar : rune;
            bytes += kept.Utf8SequenceLength;
            if (bytes > MaxBytes)
                return clean.Remove(lengthBeforeMark, clean.Length - lengthBeforeMark).Append(CutMark).ToString();
            clean.Append(kept);
            if (bytes <= MaxBytes - CutMarkBytes)
                lengthBeforeMark = clean.Length;
        }

        return clean.ToString();
    }

    private static bool IsClean(string text) =>
        text.Length <= MaxBytes && !text.Contains('\0') && !text.AsSpan().ContainsAnyInRange('\uD800', '\uDFFF')
        && Encoding.UTF8.GetByteCount(text) <= MaxBytes;

    private static string Bounded(string text, int maxLength) => text.Length <= maxLength ? text : text[..maxLength];
}
