using JubileeVerse.Testing.Storage;

namespace JubileeVerse.Grains.Tests.Accounts;

public sealed class PostgreSqlAccountCluster(PostgreSqlServer server) : AccountCluster(new PostgreSqlStore(server));
