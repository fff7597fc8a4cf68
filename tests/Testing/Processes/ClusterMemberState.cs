namespace JubileeVerse.Testing.Processes;

/// <summary>The state of a process of a local cluster, as the script reports it.</summary>
public enum ClusterMemberState
{
    Up,
    Down,

    /// <summary>Alive but suspended by SIGSTOP.</summary>
    Stopped,

    /// <summary>Shutting down.</summary>
    Draining,
}
