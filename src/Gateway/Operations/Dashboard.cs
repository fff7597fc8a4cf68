using JubileeVerse.Gateway.Accounts;
using Microsoft.Extensions.Options;
using Orleans.Dashboard;

namespace JubileeVerse.Gateway.Operations;

/// <summary>The Orleans Dashboard at <c>/dashboard</c>, for admins. The silos collect its data.</summary>
internal static class Dashboard
{
    public const string PagePath = "/dashboard";

    /// <summary>For a stand-alone gateway; in a shared process, the silo adds the Dashboard.</summary>
    public static IClientBuilder AddDashboardIf(this IClientBuilder client, bool isOn) =>
        isOn ? client.AddDashboard(options => options.HideTrace = true) : client;

    /// <summary>Does nothing if the Dashboard was not added.</summary>
    public static void MapDashboard(this WebApplication app)
    {
        if (app.Services.GetServices<IConfigureOptions<DashboardOptions>>().Any())
            app.MapOrleansDashboard(PagePath).RequireAuthorization(AdminRequirement.Policy).ExcludeFromDescription();
    }
}
