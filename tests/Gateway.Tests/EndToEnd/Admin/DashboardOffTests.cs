using System.Net;
using JubileeVerse.Gateway.Tests.EndToEnd.Servers;

namespace JubileeVerse.Gateway.Tests.EndToEnd.Admin;

public sealed class DashboardOffTests(DashboardOffTests.Server server) : IClassFixture<DashboardOffTests.Server>
{
    [Theory]
    [InlineData("/dashboard")]
    [InlineData("/dashboard/DashboardCounters")]
    public async Task Dashboard_Disabled_IsNotFound(string path)
    {
        using var admin = server.NewClient();
        await admin.LogInAsync(StandaloneServer.AdminEmail, StandaloneServer.AdminPassword);

        await admin.GetAsync(path, HttpStatusCode.NotFound);
    }

    public sealed class Server : StandaloneServer
    {
        protected override Dictionary<string, string?> Settings => new(base.Settings) { ["JubileeVerse:Management:Dashboard"] = "false" };
    }
}
