using JubileeVerse.Testing.Storage;

namespace JubileeVerse.Grains.Tests.Queues;

public sealed class SqliteJobBulkTests(SqliteStore store) : JobBulkConformance<SqliteStore>(store);
