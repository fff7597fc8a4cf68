using Orleans.Dashboard;

namespace JubileeVerse.Silo;

/// <summary>What a silo collects for Orleans' Dashboard, which gateways show. All silos of a cluster have it, or none.</summary>
internal static class SiloDashboard
{
    public static ISiloBuilder AddDashboardIf(this ISiloBuilder silo, bool isOn) =>
        isOn ? silo.AddDashboard(options => options.HideTrace = true) : silo;
}
