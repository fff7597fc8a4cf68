namespace JubileeVerse.ServiceDefaults;

/// <summary>Which cluster a process belongs to: the same two names in every silo and gateway.</summary>
public sealed class ClusterNames
{
    /// <summary>The service, for ever. Default <c>jubileeverse</c>.</summary>
    public string ServiceId { get; set; } = "jubileeverse";

    /// <summary>One deployment of it: blue and green differ. Default <c>jubileeverse</c>.</summary>
    public string ClusterId { get; set; } = "jubileeverse";
}
