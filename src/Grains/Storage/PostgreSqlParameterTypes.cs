using Npgsql;
using NpgsqlTypes;

namespace JubileeVerse.Storage;

/// <summary>
/// Gives each parameter the same type every time, also when it is null. Left to itself a null has no type, the statement then looks like
/// another one, and the prepared plan is not used.
/// </summary>
internal sealed class PostgreSqlParameterTypes
{
    /// <summary>Texts are constant; more than this means that someone builds them.</summary>
    private const int MaxTexts = 1024;

    private readonly Dictionary<string, NpgsqlDbType?[]> _learned = new(StringComparer.Ordinal);

    public void AddTo(NpgsqlBatchCommand command, Statement statement)
    {
        if (!_learned.TryGetValue(statement.Sql, out var types) || types.Length != statement.Parameters.Count)
        {
            if (_learned.Count >= MaxTexts)
                _learned.Clear();
            _learned[statement.Sql] = types = new NpgsqlDbType?[statement.Parameters.Count];
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
            $"A statement's value must be string, int, long, bool, double, byte[], an array of nullable ones or null, not {value.GetType()}."),
    };
}
