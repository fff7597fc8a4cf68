using JubileeVerse.Testing.Storage;

namespace JubileeVerse.Grains.Tests.Queues.Store;

public sealed class SqliteJobPackTests(SqliteStore store) : JobPackConformance<SqliteStore>(store);
