using System.Collections.Concurrent;
using System.Globalization;
using JubileeVerse.Storage.Batching;
using JubileeVerse.Storage.Dialects;

namespace JubileeVerse.Queues.Store.Statements;

/// <summary>
/// A statement for several rows. Its parameters are positional: first the parameters that all rows share, then those of each row.
/// PostgreSQL takes one array per column, so one text with few parameters serves any number of rows. SQLite has no arrays: it takes a list
/// of <c>values</c>, in a few fixed sizes so that each text is prepared once.
/// </summary>
/// <param name="head">
/// The text before the rows. The rows form a table named <c>v</c> with the columns <c>column1</c>, <c>column2</c> and so on.
/// </param>
/// <param name="tail">
/// The text after the rows. <c>{0}</c>, as in <c>id {0}</c>, is replaced by the test for one of the rows' first parameters.
/// </param>
/// <param name="shared">The number of parameters that all rows share, from <c>$1</c>.</param>
/// <param name="columns">A row's own parameters, in order.</param>
internal sealed class BulkStatement<TRow>(string head, string tail, int shared, params BulkColumn<TRow>[] columns)
{
    // An in-process database gains nothing from longer statements, and binding very many values is slow.
    private static readonly int[] Sizes = [8, 1];

    private readonly ConcurrentDictionary<int, string> _texts = new();
    private readonly Lazy<string> _arrayText = new(() => ArrayText(head, tail, shared, columns));

    /// <summary>Creates as few statements as the fixed sizes allow; none for no rows.</summary>
    /// <param name="common">The shared parameters.</param>
    public IEnumerable<Statement> Statements(SqlDialect dialect, TRow[] rows, object?[] common)
    {
        if (rows.Length == 0)
            return [];
        return dialect == SqlDialect.PostgreSql
            ? [Statement.Positional(_arrayText.Value, [.. common, .. Array.ConvertAll(columns, column => column.ArrayOf(rows))])]
            : ValuesStatements(rows, common);
    }

    private IEnumerable<Statement> ValuesStatements(TRow[] rows, object?[] common)
    {
        var first = 0;
        foreach (var size in Sizes)
        {
            for (; rows.Length - first >= size; first += size)
            {
                var values = new List<object?>(common.Length + (size * columns.Length));
                values.AddRange(common);
                for (var i = first; i < first + size; i++)
                {
                    foreach (var column in columns)
                        values.Add(column.ValueOf(rows[i]));
                }

                yield return Statement.Positional(_texts.GetOrAdd(size, ValuesText), values);
            }
        }
    }

    private static string ArrayText(string head, string tail, int shared, BulkColumn<TRow>[] columns)
    {
        var arrays = columns.Select((column, i) => Invariant($"${shared + 1 + i}::{column.Type}[]"));
        var names = columns.Select((_, i) => Invariant($"column{i + 1}"));
        var end = tail.Replace("{0}", Invariant($"= any(${shared + 1})"), StringComparison.Ordinal);
        return $"{head} unnest({string.Join(", ", arrays)}) as v ({string.Join(", ", names)}) {end}";
    }

    private string ValuesText(int size)
    {
        var rows = Enumerable.Range(0, size).Select(row => $"({string.Join(", ", columns.Select((_, i) => Parameter(row, i)))})");
        var firsts = Enumerable.Range(0, size).Select(row => Parameter(row, 0));
        var end = tail.Replace("{0}", $"in ({string.Join(", ", firsts)})", StringComparison.Ordinal);
        return $"{head} (values {string.Join(", ", rows)}) as v {end}";
    }

    private string Parameter(int row, int column) => Invariant($"${shared + 1 + (row * columns.Length) + column}");

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
