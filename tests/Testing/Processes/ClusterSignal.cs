namespace JubileeVerse.Testing.Processes;

/// <summary>A signal to a process of a local cluster.</summary>
public enum ClusterSignal
{
    /// <summary>SIGTERM: a graceful shutdown.</summary>
    Term,

    /// <summary>SIGKILL: the process ends without any cleanup.</summary>
    Kill,

    /// <summary>SIGSTOP: the process is suspended until it is continued.</summary>
    Stop,

    /// <summary>SIGCONT.</summary>
    Cont,
}
