using JubileeVerse.Testing.Storage;

namespace JubileeVerse.Grains.Tests.Storage;

public sealed class SqliteGrainStorageCluster() : GrainStorageCluster(new SqliteStore());
