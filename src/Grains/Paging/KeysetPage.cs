namespace JubileeVerse.Paging;

internal static class KeysetPage
{
    /// <summary>Creates a page from the result of a query with a limit of <paramref name="limit"/> + 1 rows.</summary>
    public static Page<T> Create<TRow, T>(IReadOnlyList<TRow> rows, int limit, Func<TRow, T> item, Func<TRow, string> cursor) => new(
        [.. rows.Take(limit).Select(item)],
        rows.Count > limit ? cursor(rows[limit - 1]) : null);
}
