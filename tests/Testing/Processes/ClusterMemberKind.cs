namespace JubileeVerse.Testing.Processes;

/// <summary>The kind of a process of a local cluster.</summary>
public enum ClusterMemberKind
{
    Redis,
    PostgreSql,
    Silo,
    Gateway,
}
