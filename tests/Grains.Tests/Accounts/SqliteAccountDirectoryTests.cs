namespace JubileeVerse.Grains.Tests.Accounts;

public sealed class SqliteAccountDirectoryTests(SqliteAccountCluster cluster) : AccountDirectoryConformance<SqliteAccountCluster>(cluster);
