namespace JubileeVerse.Testing.Processes;

/// <summary>An installation of Standalone.</summary>
public sealed class StandaloneSite() : HostSite(HostProgram.Standalone);
