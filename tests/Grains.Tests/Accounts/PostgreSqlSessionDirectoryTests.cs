namespace JubileeVerse.Grains.Tests.Accounts;

public sealed class PostgreSqlSessionDirectoryTests(PostgreSqlAccountCluster cluster) : SessionDirectoryConformance<PostgreSqlAccountCluster>(cluster);
