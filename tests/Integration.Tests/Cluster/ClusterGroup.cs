namespace JubileeVerse.Integration.Tests.Cluster;

[CollectionDefinition(DisableParallelization = false)]
public sealed class ClusterGroup : ICollectionFixture<RunningCluster>;
