namespace JubileeVerse.Queues.Store;

/// <summary>The type of a column of many rows.</summary>
internal sealed class BulkType
{
    public static readonly BulkType Text = new("text", count => new string?[count], (array, i, value) => ((string?[])array)[i] = (string?)value);
    public static readonly BulkType Integer = new("integer", count => new int?[count], (array, i, value) => ((int?[])array)[i] = (int?)value);
    public static readonly BulkType Bigint = new("bigint", count => new long?[count], (array, i, value) => ((long?[])array)[i] = (long?)value);
    public static readonly BulkType Boolean = new("boolean", count => new bool?[count], (array, i, value) => ((bool?[])array)[i] = (bool?)value);
    public static readonly BulkType Double = new("double precision", count => new double?[count], (array, i, value) => ((double?[])array)[i] = (double?)value);

    private readonly Func<int, Array> _make;
    private readonly Action<Array, int, object?> _set;

    private BulkType(string name, Func<int, Array> make, Action<Array, int, object?> set)
    {
        Name = name;
        _make = make;
        _set = set;
    }

    /// <summary>In SQL.</summary>
    public string Name { get; }

    public Array ArrayOf(int count) => _make(count);

    public void Set(Array array, int i, object? value) => _set(array, i, value);
}
