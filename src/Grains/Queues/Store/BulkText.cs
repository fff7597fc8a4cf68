using System.Collections.Concurrent;
using System.Globalization;
using JubileeVerse.Storage;

namespace JubileeVerse.Queues.Store;

/// <summary>
/// A statement for several rows at once. Its parameters are positional: first those that all rows share, then the rows'. PostgreSQL takes
/// one array a column, so one text and few parameters do for any number of rows. SQLite has no arrays: it takes a list of
/// <c>values</c>, in few fixed sizes so that each text is prepared once.
/// </summary>
/// <param name="head">The text before the rows. They are a table of the name <c>v</c> with columns <c>column1</c> up.</param>
/// <param name="tail">The text after them, with <c>{0}</c> where the test for one of the rows' first parameters shall stand, as in <c>id {0}</c>.</param>
/// <param name="shared">How many parameters all rows share: <c>$1</c> up.</param>
/// <param name="columns">The types of a row's own parameters.</param>
internal sealed class BulkText(string head, string tail, int shared, params BulkType[] columns)
{
    // In-process long statements gain nothing, and binding very many values costs.
    private static readonly int[] Sizes = [8, 1];

    private readonly ConcurrentDictionary<int, string> _texts = new();
    private readonly Lazy<string> _arrayText = new(() => ArrayText(head, tail, shared, columns));

    /// <summary>As few statements as there are sizes for.</summary>
    /// <param name="dialect">Which database.</param>
    /// <param name="rows">1 or more.</param>
    /// <param name="common">The shared parameters.</param>
    /// <param name="add">Adds a row's own parameters, in order.</param>
    public IEnumerable<Statement> Statements<TRow>(
        SqlDialect dialect, IReadOnlyList<TRow> rows, object?[] common, Action<TRow, List<object?>> add)
    {
        if (rows.Count == 0)
            return [];
        return dialect == SqlDialect.PostgreSql ? [OfArrays(rows, common, add)] : OfValues(rows, common, add);
    }

    private Statement OfArrays<TRow>(IReadOnlyList<TRow> rows, object?[] common, Action<TRow, List<object?>> add)
    {
        var arrays = Array.ConvertAll(columns, column => column.ArrayOf(rows.Count));
        var values = new List<object?>(columns.Length);
        for (var i = 0; i < rows.Count; i++)
        {
            values.Clear();
            add(rows[i], values);
            for (var j = 0; j < arrays.Length; j++)
                columns[j].Set(arrays[j], i, values[j]);
        }

        return Statement.Positional(_arrayText.Value, [.. common, .. arrays]);
    }

    private IEnumerable<Statement> OfValues<TRow>(IReadOnlyList<TRow> rows, object?[] common, Action<TRow, List<object?>> add)
    {
        var first = 0;
        foreach (var size in Sizes)
        {
            for (; rows.Count - first >= size; first += size)
            {
                var values = new List<object?>(common);
                for (var i = 0; i < size; i++)
                    add(rows[first + i], values);
                yield return Statement.Positional(_texts.GetOrAdd(size, ValuesText), values);
            }
        }
    }

    private static string ArrayText(string head, string tail, int shared, BulkType[] columns)
    {
        var arrays = columns.Select((column, i) => Invariant($"${shared + 1 + i}::{column.Name}[]"));
        var names = columns.Select((_, i) => Invariant($"column{i + 1}"));
        return $"{head} unnest({string.Join(", ", arrays)}) as v ({string.Join(", ", names)}) {tail.Replace("{0}", Invariant($"= any(${shared + 1})"), StringComparison.Ordinal)}";
    }

    private string ValuesText(int size)
    {
        var rows = Enumerable.Range(0, size).Select(row => $"({string.Join(", ", columns.Select((_, i) => Parameter(row, i)))})");
        var firsts = Enumerable.Range(0, size).Select(row => Parameter(row, 0));
        return $"{head} (values {string.Join(", ", rows)}) as v {tail.Replace("{0}", $"in ({string.Join(", ", firsts)})", StringComparison.Ordinal)}";
    }

    private string Parameter(int row, int column) => Invariant($"${shared + 1 + (row * columns.Length) + column}");

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
