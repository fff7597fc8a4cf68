using JubileeVerse.Testing.Storage;

namespace JubileeVerse.Grains.Tests.Queues.Store;

public sealed class PostgreSqlJobBulkTests(PostgreSqlStore store) : JobBulkConformance<PostgreSqlStore>(store);
