namespace JubileeVerse.Grains.Tests.Storage;

public sealed class SqliteGrainStorageTests(SqliteGrainStorageCluster cluster)
    : GrainStorageConformance<SqliteGrainStorageCluster>(cluster);
