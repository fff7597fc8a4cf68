using JubileeVerse.Testing.Storage;

namespace JubileeVerse.Grains.Tests.Storage;

public sealed class SqliteMigratorTests() : MigratorConformance<EmptySqliteStore>(new EmptySqliteStore());
