using System.Text.Json;

namespace JubileeVerse.Queues.Store.Statements;

/// <summary>A column that is written: its name, its type, and its value for a row.</summary>
/// <param name="name">The name in SQL.</param>
/// <param name="type">The name of the type in SQL.</param>
internal abstract class BulkColumn<TRow>(string name, string type)
{
    public string Name => name;

    public string Type => type;

    /// <summary>The name as a parameter and in JSON: <c>orderKey</c> for <c>order_key</c>.</summary>
    public string CamelName { get; } = ToCamel(name);

    public static BulkColumn<TRow> Text(string name, ColumnValue<TRow, string?> value, string? byDefault = null) =>
        new TypedBulkColumn<TRow, string?>(name, "text", value, byDefault, static (json, key, text) => json.WriteString(key, text));

    public static BulkColumn<TRow> Integer(string name, ColumnValue<TRow, int?> value, int? byDefault = null) =>
        new TypedBulkColumn<TRow, int?>(
            name, "integer", value, byDefault, static (json, key, number) => json.WriteNumber(key, number.GetValueOrDefault()));

    public static BulkColumn<TRow> Bigint(string name, ColumnValue<TRow, long?> value) =>
        new TypedBulkColumn<TRow, long?>(
            name, "bigint", value, null, static (json, key, number) => json.WriteNumber(key, number.GetValueOrDefault()));

    public static BulkColumn<TRow> Double(string name, ColumnValue<TRow, double?> value, double byDefault) =>
        new TypedBulkColumn<TRow, double?>(
            name, "double precision", value, byDefault, static (json, key, number) => json.WriteNumber(key, number.GetValueOrDefault()));

    public static BulkColumn<TRow> Boolean(string name, ColumnValue<TRow, bool?> value) =>
        new TypedBulkColumn<TRow, bool?>(
            name, "boolean", value, null, static (json, key, flag) => json.WriteBoolean(key, flag.GetValueOrDefault()));

    /// <summary>The row has the value that the column has when it is not written.</summary>
    public abstract bool IsDefault(in TRow row);

    /// <summary>The value as a parameter.</summary>
    public abstract object? ValueOf(in TRow row);

    /// <summary>The values of all rows as one parameter, for PostgreSQL.</summary>
    public abstract Array ArrayOf(TRow[] rows);

    /// <summary>Writes the value as a JSON property; nothing for null.</summary>
    public abstract void WriteJson(Utf8JsonWriter writer, in TRow row);

    /// <summary>The same column of rows that contain this column's rows.</summary>
    public abstract BulkColumn<TOuter> In<TOuter>(RowPart<TOuter, TRow> part);

    protected static string ToCamel(string name)
    {
        var words = name.Split('_');
        return string.Concat([words[0], .. words[1..].Select(word => char.ToUpperInvariant(word[0]) + word[1..])]);
    }
}
