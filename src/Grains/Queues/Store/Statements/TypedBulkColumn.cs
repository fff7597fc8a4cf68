using System.Text.Json;

namespace JubileeVerse.Queues.Store.Statements;

/// <summary>A column of one type, so that the values of many rows are not boxed.</summary>
internal sealed class TypedBulkColumn<TRow, TValue>(
    string name, string type, ColumnValue<TRow, TValue> value, TValue byDefault, Action<Utf8JsonWriter, JsonEncodedText, TValue> write)
    : BulkColumn<TRow>(name, type)
{
    private readonly JsonEncodedText _key = JsonEncodedText.Encode(ToCamel(name));

    public override bool IsDefault(in TRow row) => EqualityComparer<TValue>.Default.Equals(value(row), byDefault);

    public override object? ValueOf(in TRow row) => value(row);

    public override Array ArrayOf(TRow[] rows)
    {
        var values = new TValue[rows.Length];
        for (var i = 0; i < rows.Length; i++)
            values[i] = value(rows[i]);
        return values;
    }

    public override void WriteJson(Utf8JsonWriter writer, in TRow row)
    {
        if (value(row) is { } written)
            write(writer, _key, written);
    }

    public override BulkColumn<TOuter> In<TOuter>(RowPart<TOuter, TRow> part) =>
        new TypedBulkColumn<TOuter, TValue>(Name, Type, (in row) => value(part(row)), byDefault, write);
}
