using System.Text;

namespace JubileeVerse.Queues.Store.Rows;

/// <summary>The failure and result texts of a job: short, and storable in every database.</summary>
internal static class FailureText
{
    public const int MaxBytes = 4096;

    /// <summary>The end of a truncated text.</summary>
    public const string TruncationMark = " … [cut]";

    private const int MaxMessage = 1_000;
    private const int MaxFrames = 12;
    private const int MaxFrame = 250;

    private static readonly int CutMarkBytes = Encoding.UTF8.GetByteCount(TruncationMark);

    /// <summary>The exception's type and message, then its innermost stack frames, one per line.</summary>
    public static string From(Exception exception)
    {
        var frames = exception.StackTrace?.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? [];
        var head = Truncate($"{exception.GetType().Name}: {exception.Message}", MaxMessage);
        return Clean(string.Join('\n', [head, .. frames.Take(MaxFrames).Select(frame => Truncate(frame, MaxFrame))]))!;
    }

    /// <summary>The first line, without the stack frames, for lists of events.</summary>
    public static string? FirstLine(string? text) => text?.Split('\n', 2)[0];

    /// <summary>
    /// The text with at most 4 KB of UTF-8, without U+0000 and unpaired surrogates. If the store rejected the text, the write of the
    /// job's end would fail again and again, and with it all writes of the queue.
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
                return clean.Remove(lengthBeforeMark, clean.Length - lengthBeforeMark).Append(TruncationMark).ToString();
            clean.Append(kept);
            if (bytes <= MaxBytes - CutMarkBytes)
                lengthBeforeMark = clean.Length;
        }

        return clean.ToString();
    }

    private static bool IsClean(string text) =>
        text.Length <= MaxBytes && !text.Contains('\0') && !text.AsSpan().ContainsAnyInRange('\uD800', '\uDFFF')
        && Encoding.UTF8.GetByteCount(text) <= MaxBytes;

    private static string Truncate(string text, int maxLength) => text.Length <= maxLength ? text : text[..maxLength];
}
