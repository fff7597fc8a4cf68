using JubileeVerse.Testing.Storage;

namespace JubileeVerse.Grains.Tests.Accounts;

public sealed class SqliteAccountCluster() : AccountCluster(new SqliteStore());
