using System.Text;

namespace JubileeVerse.Bench.Reports;

/// <summary>A Markdown report of headings, lines and tables.</summary>
internal sealed class MarkdownReport
{
    private readonly StringBuilder _text = new();

    public string Text => _text.ToString();

    public void Heading(string text) => _text.Append("## ").Append(text).Append("\n\n");

    public void Line(string text) => _text.Append(text).Append("\n\n");

    /// <summary>Adds a table with one row per figure.</summary>
    public void Table(IReadOnlyList<string> columns, IEnumerable<IReadOnlyList<string>> rows)
    {
        Row(columns);
        Row([.. columns.Select((_, i) => i == 0 ? "---" : "---:")]);
        foreach (var row in rows)
            Row(row);
        _text.Append('\n');
    }

    private void Row(IEnumerable<string> cells) => _text.Append("| ").AppendJoin(" | ", cells).Append(" |\n");
}
