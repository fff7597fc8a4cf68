namespace JubileeVerse.Grains.Tests.Accounts;

public sealed class PostgreSqlSessionDirectoryGrainTests(PostgreSqlAccountCluster cluster)
    : SessionDirectoryGrainConformance<PostgreSqlAccountCluster>(cluster);
