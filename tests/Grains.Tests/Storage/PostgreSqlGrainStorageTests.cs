namespace JubileeVerse.Grains.Tests.Storage;

public sealed class PostgreSqlGrainStorageTests(PostgreSqlGrainStorageCluster cluster)
    : GrainStorageConformance<PostgreSqlGrainStorageCluster>(cluster);
