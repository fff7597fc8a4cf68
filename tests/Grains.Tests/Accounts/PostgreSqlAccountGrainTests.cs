namespace JubileeVerse.Grains.Tests.Accounts;

public sealed class PostgreSqlAccountGrainTests(PostgreSqlAccountCluster cluster)
    : AccountGrainConformance<PostgreSqlAccountCluster>(cluster);
