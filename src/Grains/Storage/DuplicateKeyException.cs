namespace JubileeVerse.Storage;

/// <summary>A unique key already exists.</summary>
/// <param name="constraint">PostgreSQL's constraint name, or SQLite's <c>table.column[, table.column]</c>.</param>
public sealed class DuplicateKeyException(string constraint, Exception? inner = null)
    : Exception($"The key already exists: {constraint}.", inner)
{
    public string Constraint { get; } = constraint;
}
