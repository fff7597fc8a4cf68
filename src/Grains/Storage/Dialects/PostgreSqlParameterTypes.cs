using JubileeVerse.Storage.Batching;
using Npgsql;
using NpgsqlTypes;

namespace JubileeVerse.Storage.Dialects;

/// <summary>
/// Gives each parameter the same type on every execution, even when its value is null. A null without a type would make the statement look
/// like a different one, and the prepared plan would not be used.
/// </summary>
internal sealed class PostgreSqlParameterTypes
{
    /// <summary>SQL texts are constant; more than this means that a caller builds them dynamically.</summary>
    private const int MaxTexts = 1024;

    private readonly Dictionary<string, NpgsqlDbType?[]> _typesBySql = new(StringComparer.Ordinal);

    public void AddTo(NpgsqlBatchCommand command, Statement statement)
    {
        if (!_typesBySql.TryGetValue(statement.Sql, out var types) || types.Length != statement.Parameters.Count)
        {
            if (_typesBySql.Count >= MaxTexts)
                _typesBySql.Clear();
            _typesBySql[statement.Sql] = types = new NpgsqlDbType?[statement.Parameters.Count];
        }

        for (var i = 0; i < types.Length; i++)
        {
            var (name, value) = statement.Parameters[i];
            types[i] = TypeOf(value) ?? types[i];
            var parameter = new NpgsqlParameter { ParameterName = name, Value = value ?? DBNull.Value };
            if (types[i] is { } type)
                parameter.NpgsqlDbType = type;
            command.Parameters.Add(parameter);
        }
    }

    private static NpgsqlDbType? TypeOf(object? value) => value switch
    {
        null => null,
        string => NpgsqlDbType.Text,
        int => NpgsqlDbType.Integer,
        long => NpgsqlDbType.Bigint,
        bool => NpgsqlDbType.Boolean,
        double => NpgsqlDbType.Double,
        byte[] => NpgsqlDbType.Bytea,
        string?[] => NpgsqlDbType.Array | NpgsqlDbType.Text,
        int?[] => NpgsqlDbType.Array | NpgsqlDbType.Integer,
        long?[] => NpgsqlDbType.Array | NpgsqlDbType.Bigint,
        bool?[] => NpgsqlDbType.Array | NpgsqlDbType.Boolean,
        double?[] => NpgsqlDbType.Array | NpgsqlDbType.Double,
        _ => throw new ArgumentException(
            "A statement parameter must be null, a string, int, long, bool, double, byte[] or an array of nullable values of these types; "
            + $"it is {value.GetType()}."),
    };
}
