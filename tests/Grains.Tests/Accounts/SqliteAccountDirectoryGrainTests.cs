namespace JubileeVerse.Grains.Tests.Accounts;

public sealed class SqliteAccountDirectoryGrainTests(SqliteAccountCluster cluster)
    : AccountDirectoryGrainConformance<SqliteAccountCluster>(cluster);
