using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using JubileeVerse.Storage;

namespace JubileeVerse.Queues;

/// <summary>
/// A statement for several rows at once, in few fixed sizes so that each text is prepared once. Its parameters are positional:
/// first those that all rows share, then each row's.
/// </summary>
/// <param name="head">The text before the rows, which are the list of a <c>values</c>.</param>
/// <param name="tail">The text after them, with <c>{0}</c> where the rows' first parameters shall stand as a list.</param>
/// <param name="shared">How many parameters all rows share: <c>$1</c> up.</param>
/// <param name="row">One row: a <c>?</c> for each parameter of its own, and what else it has.</param>
/// <param name="firstRow">The first one, where the columns' types must be said; null: as the others.</param>
internal sealed class BulkText(string head, string tail, int shared, string row, string? firstRow = null)
{
    // A server is asked for each statement, so there long ones gain. In-process they gain nothing, and binding very many costs.
    private static readonly int[] ServerSizes = [64, 16, 4, 1];
    private static readonly int[] InProcessSizes = [8, 1];

    private readonly ConcurrentDictionary<int, string> _texts = new();

    /// <summary>As few statements as there are sizes for.</summary>
    /// <param name="dialect">Which database.</param>
    /// <param name="rows">1 or more.</param>
    /// <param name="common">The shared parameters.</param>
    /// <param name="add">Adds a row's own parameters, in order.</param>
    public IEnumerable<Statement> Statements<TRow>(
        SqlDialect dialect, IReadOnlyList<TRow> rows, object?[] common, Action<TRow, List<object?>> add)
    {
        var first = 0;
        foreach (var size in dialect == SqlDialect.PostgreSql ? ServerSizes : InProcessSizes)
        {
            for (; rows.Count - first >= size; first += size)
            {
                var values = new List<object?>(common);
                for (var i = 0; i < size; i++)
                    add(rows[first + i], values);
                yield return Statement.Positional(_texts.GetOrAdd(size, TextOf), values);
            }
        }
    }

    private string TextOf(int size)
    {
        var text = new StringBuilder(head);
        var next = shared;
        for (var i = 0; i < size; i++)
        {
            text.Append(i == 0 ? " " : ", ");
            foreach (var character in i == 0 ? firstRow ?? row : row)
            {
                if (character == '?')
                    text.Append(CultureInfo.InvariantCulture, $"${++next}");
                else
                    text.Append(character);
            }
        }

        var perRow = (next - shared) / size;
        var firsts = Enumerable.Range(0, size).Select(i => string.Create(CultureInfo.InvariantCulture, $"${shared + (i * perRow) + 1}"));
        return text.Append(' ').Append(tail.Replace("{0}", string.Join(", ", firsts), StringComparison.Ordinal)).ToString();
    }
}
