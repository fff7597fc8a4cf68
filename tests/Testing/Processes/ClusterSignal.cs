namespace JubileeVerse.Testing.Processes;

/// <summary>What a process of a local cluster can be told.</summary>
public enum ClusterSignal
{
    /// <summary>SIGTERM: end in good order.</summary>
    Term,

    /// <summary>SIGKILL: gone, with no chance to do or say anything.</summary>
    Kill,

    /// <summary>SIGSTOP: it hangs until it is continued.</summary>
    Stop,

    /// <summary>SIGCONT.</summary>
    Cont,
}
