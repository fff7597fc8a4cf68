using JubileeVerse.Testing.Storage;

namespace JubileeVerse.Queues;

public sealed class PostgreSqlJobPackTests(PostgreSqlStore store) : JobPackConformance<PostgreSqlStore>(store);
