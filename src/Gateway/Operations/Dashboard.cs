using JubileeVerse.Gateway.Accounts;
using Microsoft.Extensions.Options;
using Orleans.Dashboard;

namespace JubileeVerse.Gateway.Operations;

/// <summary>Orleans' Dashboard at <c>/dashboard</c>, for admins. The silos collect what it shows.</summary>
internal static class Dashboard
{
    public const string PagePath = "/dashboard";

    /// <summary>For a gateway in a process of its own; beside a silo, the silo brings it.</summary>
    public static IClientBuilder AddDashboardIf(this IClientBuilder client, bool isOn) =>
        isOn ? client.AddDashboard(options => options.HideTrace = true) : client;

    /// <summary>Nothing where it was not added.</summary>
    public static void MapDashboard(this WebApplication app)
    {
        if (app.Services.GetServices<IConfigureOptions<DashboardOptions>>().Any())
            app.MapOrleansDashboard(PagePath).RequireAuthorization(AdminRequirement.Policy).ExcludeFromDescription();
    }
}
