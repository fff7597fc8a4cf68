namespace JubileeVerse.Testing.Processes;

/// <summary>What a process of a local cluster is.</summary>
public enum ClusterMemberKind
{
    Redis,
    PostgreSql,
    Silo,
    Gateway,
}
