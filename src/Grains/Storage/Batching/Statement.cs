namespace JubileeVerse.Storage.Batching;

/// <summary>
/// One SQL statement, the same text on SQLite and PostgreSQL, with its <c>@name</c> parameters.
/// Keep the text constant, because it is prepared once and the prepared command is looked up by the text.
/// </summary>
public sealed class Statement(string sql, params (string Name, object? Value)[] parameters)
{
    public string Sql { get; } = sql;

    /// <summary>
    /// Names without the <c>@</c>, empty for a positional parameter. Values: string, int, long, bool, double, byte[] or null; for
    /// PostgreSQL also arrays of string?, int?, long?, bool? and double?.
    /// </summary>
    public IReadOnlyList<(string Name, object? Value)> Parameters { get; } = parameters;

    /// <summary>
    /// For texts with very many parameters, written <c>$1</c>, <c>$2</c> and so on, so that neither database has to resolve names.
    /// </summary>
    public static Statement Positional(string sql, IReadOnlyList<object?> values)
    {
        var parameters = new (string Name, object? Value)[values.Count];
        for (var i = 0; i < parameters.Length; i++)
            parameters[i] = ("", values[i]);
        return new Statement(sql, parameters);
    }
}
