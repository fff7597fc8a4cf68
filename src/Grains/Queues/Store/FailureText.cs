namespace JubileeVerse.Queues.Store;

/// <summary>Words that are kept with a job: short, and such that every store can hold them.</summary>
internal static class FailureText
{
    private const int MaxLength = 2000;

    public static string Of(Exception exception) => Clean($"{exception.GetType().Name}: {exception.Message}")!;

    /// <summary>
    /// At most 2,000 characters, without U+0000 and halves of surrogate pairs: a text that the store refuses would fail the
    /// job's end again and again, and the queue's writing with it.
    /// </summary>
    public static string? Clean(string? text) => text is null || IsClean(text)
        ? text
        : string.Concat(text.EnumerateRunes().Take(MaxLength)).Replace('\0', '\uFFFD');

    private static bool IsClean(string text) =>
        text.Length <= MaxLength && !text.Contains('\0') && !text.AsSpan().ContainsAnyInRange('\uD800', '\uDFFF');
}
