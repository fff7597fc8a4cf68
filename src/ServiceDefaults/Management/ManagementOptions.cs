namespace JubileeVerse.ServiceDefaults.Management;

/// <summary>The section <c>JubileeVerse:Management</c>: what operators and their machines see of a process.</summary>
public sealed class ManagementOptions
{
    /// <summary>
    /// Where <c>/live</c> and <c>/ready</c> are answered; empty is nowhere. A pod listens at <c>http://+:9090</c>.
    /// Default <c>http://127.0.0.1:9090</c>; in <c>Standalone</c>, whose main listener answers the same, nowhere.
    /// </summary>
    public string Url { get; set; } = "http://127.0.0.1:9090";

    /// <summary>
    /// Orleans' Dashboard: silos collect for it, and gateways show it to admins at <c>/dashboard</c>. It shows the state of grains.
    /// The same in all processes of a cluster. Default true.
    /// </summary>
    public bool Dashboard { get; set; } = true;
}
