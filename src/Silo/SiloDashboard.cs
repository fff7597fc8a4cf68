using Orleans.Dashboard;

namespace JubileeVerse.Silo;

/// <summary>
/// Adds the data collection for the Orleans Dashboard, which gateways serve. It must be the same on all silos of a cluster.
/// </summary>
internal static class SiloDashboard
{
    public static ISiloBuilder AddDashboardIf(this ISiloBuilder silo, bool isOn) =>
        isOn ? silo.AddDashboard(options => options.HideTrace = true) : silo;
}
