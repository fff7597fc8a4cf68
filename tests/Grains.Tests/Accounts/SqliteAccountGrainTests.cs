namespace JubileeVerse.Grains.Tests.Accounts;

public sealed class SqliteAccountGrainTests(SqliteAccountCluster cluster)
    : AccountGrainConformance<SqliteAccountCluster>(cluster);
