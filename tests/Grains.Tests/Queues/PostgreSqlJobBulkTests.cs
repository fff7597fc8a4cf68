using JubileeVerse.Testing.Storage;

namespace JubileeVerse.Grains.Tests.Queues;

public sealed class PostgreSqlJobBulkTests(PostgreSqlStore store) : JobBulkConformance<PostgreSqlStore>(store);
