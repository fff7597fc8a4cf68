namespace JubileeVerse.ServiceDefaults.Management;

/// <summary>The section <c>JubileeVerse:Management</c>: the listener for operators and their tools.</summary>
public sealed class ManagementOptions
{
    /// <summary>
    /// The address that serves <c>/live</c> and <c>/ready</c>; empty for none. In a pod, set it to <c>http://+:9090</c>.
    /// Default <c>http://127.0.0.1:9090</c>; none in <c>Standalone</c>, whose main listener serves the same endpoints.
    /// </summary>
    public string Url { get; set; } = "http://127.0.0.1:9090";

    /// <summary>
    /// Enables the Orleans Dashboard: silos collect its data, and gateways serve it to admins at <c>/dashboard</c>. It shows the state of
    /// grains. It must be the same in all processes of a cluster. Default true.
    /// </summary>
    public bool Dashboard { get; set; } = true;
}
