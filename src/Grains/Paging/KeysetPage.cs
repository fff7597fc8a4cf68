namespace JubileeVerse.Paging;

internal static class KeysetPage
{
    /// <summary>Makes a page from rows of which one more than the limit was asked for.</summary>
    public static Page<T> Of<TRow, T>(IReadOnlyList<TRow> rows, int limit, Func<TRow, T> item, Func<TRow, string> cursor) => new(
        [.. rows.Take(limit).Select(item)],
        rows.Count > limit ? cursor(rows[limit - 1]) : null);
}
