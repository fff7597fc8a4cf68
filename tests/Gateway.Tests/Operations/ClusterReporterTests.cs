using JubileeVerse.Gateway.Operations;
using JubileeVerse.Gateway.Tests.Fakes;
using JubileeVerse.Queues;
using JubileeVerse.Realtime;
using JubileeVerse.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace JubileeVerse.Gateway.Tests.Operations;

public sealed class ClusterReporterTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ReportAsync_SiloDoesNotRespond_ListsItsJobsWithoutStatistics()
    {
        var gateway = new GatewayRegistration(
            GatewayId.New(TimeProvider.System),
            "gateway-a:3000",
            "1.2.3",
            DateTimeOffset.UnixEpoch,
            IsDraining: true,
            Connections: 5,
            Users: 3,
            null!);
        var (factory, grains) = FakeGrains.Create();
        grains.Add(FakeManagementGrain.Create());
        grains.Add<IGatewayDirectoryGrain>(new FakeGatewayDirectoryGrain(gateway));
        var worker = FakeManagementGrain.ActiveSilo.ToParsableString();
        grains.Add(FakeQueue.Create<IQueueQueriesGrain>(worker));
        grains.Add(FakeQueue.Create<IQueueGrain>(worker));

        var reporter = new ClusterReporter(factory, new SkippingTimeProvider(), NullLogger<ClusterReporter>.Instance);
        var response = await reporter.ReportAsync(Token);

        var silo = Assert.Single(response.Silos!.Value);
        Assert.Equal(
            ("silo-a", worker, "1.2.3", "active", (int?)null, 10),
            (silo.Name, silo.Address, silo.Version, silo.Status, silo.Activations, silo.Slots));
        Assert.Equal(4, silo.Running[FakeQueue.Name]);
        Assert.Equal(GatewayResponse.From(gateway), Assert.Single(response.Gateways!.Value));
        Assert.Null(response.ActivationsByType);
    }

    [Fact]
    public async Task ReportAsync_ClusterUnreachable_ReturnsNoData()
    {
        var reporter = new ClusterReporter(FakeGrains.Create().Factory, TimeProvider.System, NullLogger<ClusterReporter>.Instance);
        var response = await reporter.ReportAsync(Token);

        Assert.Equal(new ClusterResponse(null, null, null), response);
    }
}
