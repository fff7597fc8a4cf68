namespace JubileeVerse.Testing.Processes;

/// <summary>A place where Standalone is installed.</summary>
public sealed class StandaloneSite() : HostSite(HostProgram.Standalone);
