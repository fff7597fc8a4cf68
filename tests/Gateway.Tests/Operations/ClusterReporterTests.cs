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
    public async Task Report_ASiloThatDoesNotAnswer_IsListedWithItsJobsAndWithoutFigures()
    {
        var gateway = new GatewayRegistration(
            GatewayId.New(TimeProvider.System), "gateway-a:3000", "1.2.3", DateTimeOffset.UnixEpoch, IsDraining: true, Connections: 5, Users: 3, null!);
        var (factory, grains) = FakeGrains.Create();
        grains.Add(FakeManagement.Create());
        grains.Add<IGatewayDirectory>(new FakeGatewayDirectory(gateway));
        var worker = FakeManagement.Living.ToParsableString();
        grains.Add(FakeQueue.Create<IQueueQueries>(worker));
        grains.Add(FakeQueue.Create<IQueueGrain>(worker));

        var answer = await new ClusterReporter(factory, new SkippingTimeProvider(), NullLogger<ClusterReporter>.Instance).ReportAsync(Token);

        var silo = Assert.Single(answer.Silos!.Value);
        Assert.Equal(
            ("silo-a", worker, "1.2.3", "active", (int?)null, 10), (silo.Name, silo.Address, silo.Version, silo.Status, silo.Activations, silo.Slots));
        Assert.Equal(4, silo.Running[FakeQueue.Name]);
        Assert.Equal(GatewayAnswer.Of(gateway), Assert.Single(answer.Gateways!.Value));
        Assert.Null(answer.ActivationsByType);
    }

    [Fact]
    public async Task Report_NobodyAnswers_SaysNothing()
    {
        var answer = await new ClusterReporter(FakeGrains.Create().Factory, TimeProvider.System, NullLogger<ClusterReporter>.Instance).ReportAsync(Token);

        Assert.Equal(new ClusterAnswer(null, null, null), answer);
    }
}
