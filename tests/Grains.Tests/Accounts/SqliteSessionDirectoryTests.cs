namespace JubileeVerse.Grains.Tests.Accounts;

public sealed class SqliteSessionDirectoryTests(SqliteAccountCluster cluster) : SessionDirectoryConformance<SqliteAccountCluster>(cluster);
