using System.Net;

namespace JubileeVerse.Gateway.Tests.Management;

public sealed class ManagementListenerTests
{
    [Fact]
    public async Task Live_DependencyDown_Returns200WithoutCheckingDependencies()
    {
        await using var host = await ManagementHost.StartAsync();
        host.Dependency.Set(isUp: false);

        Assert.Equal((HttpStatusCode.OK, "live"), await host.GetAsync(host.Management, "/live"));
        Assert.Equal(0, host.Dependency.CheckCount);
    }

    [Fact]
    public async Task Ready_DependencyDown_Returns503UntilItIsUpAgain()
    {
        await using var host = await ManagementHost.StartAsync();
        Assert.Equal((HttpStatusCode.OK, "ready"), await host.GetAsync(host.Management, "/ready"));
        host.Dependency.Set(isUp: false);
        Assert.Equal((HttpStatusCode.ServiceUnavailable, "not-ready"), await host.GetAsync(host.Management, "/ready"));
        Assert.Equal((HttpStatusCode.ServiceUnavailable, "not-ready"), await host.GetAsync(host.Main, "/api/admin/ready"));
        host.Dependency.Set(isUp: true);

        Assert.Equal((HttpStatusCode.OK, "ready"), await host.GetAsync(host.Management, "/ready"));
        Assert.Equal((HttpStatusCode.OK, "ready"), await host.GetAsync(host.Main, "/api/admin/ready"));
    }

    [Fact]
    public async Task Ready_NonVitalDependencyDown_StaysReady()
    {
        await using var host = await ManagementHost.StartAsync();
        host.Dependency.IsVital = false;
        host.Dependency.Set(isUp: false);

        Assert.Equal((HttpStatusCode.OK, "ready"), await host.GetAsync(host.Management, "/ready"));
    }

    [Fact]
    public async Task Ready_Draining_Returns503WhileLiveReturns200()
    {
        await using var host = await ManagementHost.StartAsync();
        host.BeginDrain();

        Assert.Equal((HttpStatusCode.ServiceUnavailable, "draining"), await host.GetAsync(host.Management, "/ready"));
        Assert.Equal((HttpStatusCode.ServiceUnavailable, "draining"), await host.GetAsync(host.Main, "/api/admin/ready"));
        Assert.Equal((HttpStatusCode.OK, "live"), await host.GetAsync(host.Management, "/live"));
    }

    [Theory]
    [InlineData("/api/admin/live")]
    [InlineData("/")]
    [InlineData("/openapi/v1.json")]
    public async Task ManagementListener_PathOfTheMainListener_Returns404(string path)
    {
        await using var host = await ManagementHost.StartAsync();
        Assert.Equal(HttpStatusCode.OK, (await host.GetAsync(host.Main, path)).Code);

        Assert.Equal(HttpStatusCode.NotFound, (await host.GetAsync(host.Management, path)).Code);
        Assert.Equal(HttpStatusCode.NotFound, (await host.GetAsync(host.Management, path, host.Main.Authority)).Code);
    }

    [Theory]
    [InlineData("/live")]
    [InlineData("/ready")]
    public async Task MainListener_PathOfTheManagementListener_Returns404(string path)
    {
        await using var host = await ManagementHost.StartAsync();

        Assert.Equal(HttpStatusCode.NotFound, (await host.GetAsync(host.Main, path)).Code);
        Assert.Equal(HttpStatusCode.NotFound, (await host.GetAsync(host.Main, path, host.Management.Authority)).Code);
    }
}
