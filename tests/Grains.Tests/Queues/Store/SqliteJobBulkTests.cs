using JubileeVerse.Testing.Storage;

namespace JubileeVerse.Grains.Tests.Queues.Store;

public sealed class SqliteJobBulkTests(SqliteStore store) : JobBulkConformance<SqliteStore>(store);
