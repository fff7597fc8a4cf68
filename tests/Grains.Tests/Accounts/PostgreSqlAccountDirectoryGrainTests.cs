namespace JubileeVerse.Grains.Tests.Accounts;

public sealed class PostgreSqlAccountDirectoryGrainTests(PostgreSqlAccountCluster cluster)
    : AccountDirectoryGrainConformance<PostgreSqlAccountCluster>(cluster);
