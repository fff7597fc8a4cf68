using JubileeVerse.Testing.Storage;

namespace JubileeVerse.Grains.Tests.Storage;

public sealed class PostgreSqlMigratorTests(PostgreSqlServer server)
    : MigratorConformance<EmptyPostgreSqlStore>(new EmptyPostgreSqlStore(server));
