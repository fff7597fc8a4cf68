namespace JubileeVerse.Queues.Store.Statements;

/// <summary>The type of a column in a <see cref="BulkStatement"/>.</summary>
internal sealed class BulkColumnType
{
    public static readonly BulkColumnType Text =
        new("text", count => new string?[count], (array, i, value) => ((string?[])array)[i] = (string?)value);

    public static readonly BulkColumnType Integer =
        new("integer", count => new int?[count], (array, i, value) => ((int?[])array)[i] = (int?)value);

    public static readonly BulkColumnType Bigint =
        new("bigint", count => new long?[count], (array, i, value) => ((long?[])array)[i] = (long?)value);

    public static readonly BulkColumnType Boolean =
        new("boolean", count => new bool?[count], (array, i, value) => ((bool?[])array)[i] = (bool?)value);

    public static readonly BulkColumnType Double =
        new("double precision", count => new double?[count], (array, i, value) => ((double?[])array)[i] = (double?)value);

    private readonly Func<int, Array> _make;
    private readonly Action<Array, int, object?> _set;

    private BulkColumnType(string name, Func<int, Array> make, Action<Array, int, object?> set)
    {
        Name = name;
        _make = make;
        _set = set;
    }

    /// <summary>The name of the type in SQL.</summary>
    public string Name { get; }

    public Array CreateArray(int count) => _make(count);

    public void Set(Array array, int i, object? value) => _set(array, i, value);
}
