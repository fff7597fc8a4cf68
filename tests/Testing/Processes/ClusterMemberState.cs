namespace JubileeVerse.Testing.Processes;

/// <summary>How the script sees a process of a local cluster.</summary>
public enum ClusterMemberState
{
    Up,
    Down,

    /// <summary>Alive, but it was told to hang.</summary>
    Stopped,

    /// <summary>On its way out.</summary>
    Draining,
}
