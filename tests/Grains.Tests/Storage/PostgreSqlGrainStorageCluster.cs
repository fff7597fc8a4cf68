using JubileeVerse.Testing.Storage;

namespace JubileeVerse.Grains.Tests.Storage;

public sealed class PostgreSqlGrainStorageCluster(PostgreSqlServer server) : GrainStorageCluster(new PostgreSqlStore(server));
