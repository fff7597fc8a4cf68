using System.Globalization;
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
        for (var i = 0; i < statement.Parameters.Count; i++)
            command.Parameters[i].Value = statement.Parameters[i].Value ?? DBNull.Value;
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
        for (var i = 0; i < statement.Parameters.Count; i++)
            command.Parameters.Add(new SqliteParameter { ParameterName = NameOf(statement.Parameters[i].Name, i + 1) });
        return _commands[statement.Sql] = command;
    }

    private static string NameOf(string name, int position) =>
        name.Length > 0 ? "@" + name : string.Create(CultureInfo.InvariantCulture, $"${position}");
}
