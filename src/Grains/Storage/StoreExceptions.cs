namespace JubileeVerse.Storage;

/// <summary>The writer's view of the row was old: somebody else has written since. The writer must load again.</summary>
public sealed class StaleWriterException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>A unique key was taken.</summary>
/// <param name="constraint">PostgreSQL's constraint name, or SQLite's <c>table.column[, table.column]</c>.</param>
/// <param name="inner">The store's own exception.</param>
public sealed class DuplicateKeyException(string constraint, Exception? inner = null) : Exception($"Taken: {constraint}.", inner)
{
    public string Constraint { get; } = constraint;
}

/// <summary>The store could not be reached within the limit. Nothing is known to be written.</summary>
public sealed class StoreUnavailableException(string message, Exception? inner = null) : Exception(message, inner);
