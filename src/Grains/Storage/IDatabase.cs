using System.Data.Common;

namespace JubileeVerse.Storage;

/// <summary>The relational store, for reading. Everything that writes goes through <see cref="IWriteBatcher"/>.</summary>
public interface IDatabase
{
    SqlDialect Dialect { get; }

    /// <summary>An open connection from the pool; dispose it to give it back. Use it with Dapper.</summary>
    ValueTask<DbConnection> OpenAsync(CancellationToken cancellationToken);
}

/// <summary>Which of the two databases: for the few texts that must differ.</summary>
public enum SqlDialect
{
    Sqlite,
    PostgreSql,
}
