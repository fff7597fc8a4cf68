using System.Globalization;
using JubileeVerse.Storage.Batching;
using Microsoft.Data.Sqlite;

namespace JubileeVerse.Storage.Dialects;

/// <summary>Prepared commands by SQL text. Parsing the text again for each row would cost more than executing it.</summary>
internal sealed class SqliteCommandCache(SqliteConnection connection) : IDisposable
{
    /// <summary>
    /// The constant SQL texts are fewer than this. More means that a caller builds texts dynamically; the cache is then cleared so that it
    /// does not grow without bound.
    /// </summary>
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
            command.Parameters.Add(new SqliteParameter { ParameterName = ParameterName(statement.Parameters[i].Name, i + 1) });
        return _commands[statement.Sql] = command;
    }

    private static string ParameterName(string name, int position) =>
        name.Length > 0 ? "@" + name : string.Create(CultureInfo.InvariantCulture, $"${position}");
}
