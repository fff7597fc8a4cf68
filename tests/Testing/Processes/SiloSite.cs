namespace JubileeVerse.Testing.Processes;

/// <summary>An installation of a silo of a cluster. It has its own ports; the caller sets its store and its Redis.</summary>
public sealed class SiloSite : HostSite
{
    public SiloSite()
        : base(HostProgram.Silo)
    {
        this["Clustering:SiloPort"] = $"{LoopbackPort.Free()}";
        this["Clustering:GatewayPort"] = $"{LoopbackPort.Free()}";
    }
}
