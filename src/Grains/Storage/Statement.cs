namespace JubileeVerse.Storage;

/// <summary>
/// One SQL statement, the same text on SQLite and PostgreSQL, with its <c>@name</c> parameters.
/// Keep the text constant: it is prepared once and found again by reference of its content.
/// </summary>
public sealed class Statement(string sql, params (string Name, object? Value)[] parameters)
{
    public string Sql { get; } = sql;

    /// <summary>Names without the <c>@</c>. Values: string, int, long, bool, double, byte[] or null.</summary>
    public IReadOnlyList<(string Name, object? Value)> Parameters { get; } = parameters;
}
