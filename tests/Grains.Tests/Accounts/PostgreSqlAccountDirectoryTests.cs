namespace JubileeVerse.Grains.Tests.Accounts;

public sealed class PostgreSqlAccountDirectoryTests(PostgreSqlAccountCluster cluster) : AccountDirectoryConformance<PostgreSqlAccountCluster>(cluster);
