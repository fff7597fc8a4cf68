using Microsoft.Data.Sqlite;

namespace JubileeVerse.Storage;

/// <summary>One prepared command a statement text. Parsing the text anew for each row would cost more than running it.</summary>
internal sealed class SqliteCommandCache(SqliteConnection connection) : IDisposable
{
    /// <summary>There are fewer constant texts than this; more means that someone builds them, and the cache must not grow with that.</summary>
    private const int MaxCommands = 512;

    private readonly Dictionary<string, SqliteCommand> _commands = new(StringComparer.Ordinal);

    public void Execute(Statement statement, SqliteTransaction transaction)
    {
        if (!_commands.TryGetValue(statement.Sql, out var command))
            command = Add(statement);
        foreach (var (name, value) in statement.Parameters)
            command.Parameters["@" + name].Value = value ?? DBNull.Value;
        command.Transaction = transaction;
        command.ExecuteNonQuery();
    }

    public void Dispose()
    {
        foreach (var command in _commands.Values)
            command.Dispose();
        _commands.Clear();
    }

    private SqliteCommand Add(Statement statement)
    {
        if (_commands.Count >= MaxCommands)
            Dispose();
        var command = connection.CreateCommand();
        command.CommandText = statement.Sql;
        foreach (var (name, _) in statement.Parameters)
            command.Parameters.Add(new SqliteParameter { ParameterName = "@" + name });
        return _commands[statement.Sql] = command;
    }
}
