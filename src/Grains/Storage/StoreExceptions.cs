namespace JubileeVerse.Storage;

/// <summary>The writer's version of the row is stale, because another writer has changed it. The writer must reload the row.</summary>
public sealed class StaleWriterException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>A unique key already exists.</summary>
/// <param name="constraint">PostgreSQL's constraint name, or SQLite's <c>table.column[, table.column]</c>.</param>
public sealed class DuplicateKeyException(string constraint, Exception? inner = null)
    : Exception($"The key already exists: {constraint}.", inner)
{
    public string Constraint { get; } = constraint;
}

/// <summary>The store could not be reached within the retry window. It is not known whether anything was written.</summary>
public sealed class StoreUnavailableException(string message, Exception? inner = null) : Exception(message, inner);
