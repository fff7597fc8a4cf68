using JubileeVerse.Testing.Storage;

namespace JubileeVerse.Queues;

public sealed class SqliteJobPackTests(SqliteStore store) : JobPackConformance<SqliteStore>(store);
