using System.Net;
using JubileeVerse.Gateway.Tests.EndToEnd.Servers;

namespace JubileeVerse.Gateway.Tests.EndToEnd.Admin;

public sealed class DashboardOffTests(StandaloneServer server) : IClassFixture<StandaloneServer>
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
}
