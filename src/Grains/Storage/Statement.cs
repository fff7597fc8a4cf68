namespace JubileeVerse.Storage;

/// <summary>
/// One SQL statement, the same text on SQLite and PostgreSQL, with its <c>@name</c> parameters.
/// Keep the text constant: it is prepared once and found again by reference of its content.
/// </summary>
public sealed class Statement(string sql, params (string Name, object? Value)[] parameters)
{
    public string Sql { get; } = sql;

    /// <summary>Names without the <c>@</c>, empty for a positional one. Values: string, int, long, bool, double, byte[] or null; for PostgreSQL also arrays of string?, int?, long?, bool? and double?.</summary>
    public IReadOnlyList<(string Name, object? Value)> Parameters { get; } = parameters;

    /// <summary>
    /// For texts with very many parameters, which are written <c>$1</c>, <c>$2</c> and so on: neither database has to look for names then.
    /// </summary>
    public static Statement Positional(string sql, IReadOnlyList<object?> values)
    {
        var parameters = new (string Name, object? Value)[values.Count];
        for (var i = 0; i < parameters.Length; i++)
            parameters[i] = ("", values[i]);
        return new Statement(sql, parameters);
    }
}
