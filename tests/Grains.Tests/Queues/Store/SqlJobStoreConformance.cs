using JubileeVerse.Queues.Jobs;
using JubileeVerse.Queues.Store;
using JubileeVerse.Queues.Store.Statements;
using JubileeVerse.Storage.Batching;
using JubileeVerse.Testing.Storage;

namespace JubileeVerse.Grains.Tests.Queues.Store;

/// <summary>The contract of every job store, on a database.</summary>
public abstract class SqlJobStoreConformance(StoreFixture store)
    : JobStoreConformance(StoreOf(store), unit => store.Writes.CommitAsync(unit, Token))
{
    protected override Task InsertWithoutSortKeyAsync(params Job[] jobs) =>
        store.Writes.CommitAsync(new WriteUnit([.. jobs.Select(job => JobStatements.Insert(job))]), Token);

    private static SqlJobStore StoreOf(StoreFixture store)
    {
        store.SkipWhenMissing();
        return new SqlJobStore(store.Database, store.Writes);
    }
}

public sealed class SqliteJobStoreTests(SqliteStore store) : SqlJobStoreConformance(store), IClassFixture<SqliteStore>;

public sealed class PostgreSqlJobStoreTests(PostgreSqlStore store) : SqlJobStoreConformance(store), IClassFixture<PostgreSqlStore>;
