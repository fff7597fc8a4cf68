namespace JubileeVerse.ServiceDefaults;

/// <summary>The cluster that a process belongs to. All silos and gateways must have the same two names.</summary>
public sealed class ClusterNames
{
    /// <summary>Identifies the service and must never change. Default <c>jubileeverse</c>.</summary>
    public string ServiceId { get; set; } = "jubileeverse";

    /// <summary>Identifies one deployment of the service, so blue and green differ. Default <c>jubileeverse</c>.</summary>
    public string ClusterId { get; set; } = "jubileeverse";
}
