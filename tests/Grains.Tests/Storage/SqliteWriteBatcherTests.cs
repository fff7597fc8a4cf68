using JubileeVerse.Testing.Storage;

namespace JubileeVerse.Grains.Tests.Storage;

public sealed class SqliteWriteBatcherTests(SqliteStore store) : WriteBatcherConformance<SqliteStore>(store);
