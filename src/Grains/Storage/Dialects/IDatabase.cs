using System.Data.Common;
using JubileeVerse.Storage.Batching;

namespace JubileeVerse.Storage.Dialects;

/// <summary>Read access to the relational store. All writes go through <see cref="IWriteBatcher"/>.</summary>
public interface IDatabase
{
    SqlDialect Dialect { get; }

    /// <summary>Returns an open connection from the pool, for use with Dapper; disposing it returns it to the pool.</summary>
    ValueTask<DbConnection> OpenAsync(CancellationToken cancellationToken);
}
