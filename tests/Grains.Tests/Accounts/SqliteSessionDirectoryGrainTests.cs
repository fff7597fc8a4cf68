namespace JubileeVerse.Grains.Tests.Accounts;

public sealed class SqliteSessionDirectoryGrainTests(SqliteAccountCluster cluster)
    : SessionDirectoryGrainConformance<SqliteAccountCluster>(cluster);
