using JubileeVerse.Testing.Storage;

namespace JubileeVerse.Grains.Tests.Accounts;

public sealed class UnlimitedAccountCluster() : AccountCluster(new SqliteStore(), limited: false);
