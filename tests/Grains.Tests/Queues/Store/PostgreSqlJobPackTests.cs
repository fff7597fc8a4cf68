using JubileeVerse.Testing.Storage;

namespace JubileeVerse.Grains.Tests.Queues.Store;

public sealed class PostgreSqlJobPackTests(PostgreSqlStore store) : JobPackConformance<PostgreSqlStore>(store);
