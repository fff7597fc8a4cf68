namespace JubileeVerse.Testing.Processes;

/// <summary>A place where a silo of a cluster is installed. It has ports of its own; its store and its Redis are to be named.</summary>
public sealed class SiloSite : HostSite
{
    public SiloSite()
        : base(HostProgram.Silo)
    {
        this["Clustering:SiloPort"] = $"{LoopbackPort.Free()}";
        this["Clustering:GatewayPort"] = $"{LoopbackPort.Free()}";
    }
}
