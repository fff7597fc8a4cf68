using System.Net;
using JubileeVerse.Gateway.Tests.EndToEnd.Servers;

namespace JubileeVerse.Gateway.Tests.EndToEnd.Admin;

public sealed class DashboardTests(DashboardTests.Server server) : IClassFixture<DashboardTests.Server>
{
    [Theory]
    [InlineData("/dashboard/")]
    [InlineData("/dashboard/index.min.js")]
    [InlineData("/dashboard/DashboardCounters")]
    public async Task Dashboard_ByCallerWithoutAdminRole_IsRejected(string path)
    {
        using var anonymous = server.NewClient();
        Assert.Equal("unauthenticated", (await anonymous.GetAsync(path, HttpStatusCode.Unauthorized)).GetProperty("code").GetString());
        using var guest = await server.NewClient().AsGuestAsync();
        Assert.Equal("forbidden", (await guest.GetAsync(path, HttpStatusCode.Forbidden)).GetProperty("code").GetString());
        using var admin = server.NewClient();
        await admin.LogInAsync(StandaloneServer.AdminEmail, StandaloneServer.AdminPassword);
        using var response = await admin.RawAsync(HttpMethod.Get, path);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Fact]
    public async Task Dashboard_ContentSecurityPolicy_IsRelaxedForItsPageOnly()
    {
        using var admin = server.NewClient();
        await admin.LogInAsync(StandaloneServer.AdminEmail, StandaloneServer.AdminPassword);
        using var page = await admin.RawAsync(HttpMethod.Get, "/dashboard/");
        using var other = await admin.RawAsync(HttpMethod.Get, "/");

        Assert.Contains("'unsafe-inline'", Policy(page), StringComparison.Ordinal);
        Assert.Contains("frame-ancestors 'none'", Policy(page), StringComparison.Ordinal);
        Assert.DoesNotContain("'unsafe-inline'", Policy(other), StringComparison.Ordinal);
    }

    private static string Policy(HttpResponseMessage response) => response.Headers.GetValues("Content-Security-Policy").Single();

    public sealed class Server : StandaloneServer
    {
        protected override bool HasDashboard => true;
    }
}
