using CsCheck;
using JubileeVerse.Realtime;
using JubileeVerse.Realtime.Presence;
using Microsoft.Extensions.Time.Testing;
using static JubileeVerse.Grains.Tests.Realtime.TestUserConnections;

namespace JubileeVerse.Grains.Tests.Realtime;

public sealed class UserConnectionRegistryTests
{
    private static readonly FakeTimeProvider Time = new();
    private static readonly GatewayId[] Gateways = [GatewayId.New(Time), GatewayId.New(Time), GatewayId.New(Time)];

    private static readonly Gen<Report[]> Reports = Gen
        .Select(Gen.Int[0, 2], Gen.Int[0, 6], Gen.Bool, (gateway, connections, isDetach) => new Report(gateway, connections, isDetach))
        .Array[0, 40];

    private readonly UserConnectionRegistry _registry = new();

    /// <summary>Generations rise in the order of each gateway's reports; the calls arrive in any order.</summary>
    [Fact]
    public void Connections_ReportsArriveInAnyOrder_AreEachGatewaysLatestReport() => Gen.Select(Reports, Gen.Int).Sample((reports, seed) =>
    {
        var registry = new UserConnectionRegistry();
        var sent = reports.Select((report, i) => (report, Generation: (long)i)).ToArray();
        var arriving = sent.ToArray();
        new Random(seed).Shuffle(arriving);

        foreach (var (report, generation) in arriving)
            report.Apply(registry, generation);
        // Some calls are delivered twice.
        foreach (var (report, generation) in arriving.Take(5))
            report.Apply(registry, generation);

        var expected = sent.GroupBy(one => one.report.Gateway)
            .SelectMany(ofGateway => ofGateway.MaxBy(one => one.Generation).report.ConnectionIds);
        Assert.Equal(
            expected.Order(StringComparer.Ordinal),
            registry.Connections.Select(held => held.Connection.Id).Order(StringComparer.Ordinal));
        Assert.Equal(registry.Connections.Length, registry.Count);
    }, iter: 500);

    [Fact]
    public void GetExcess_TooMany_ReturnsTheOldestOfAllGateways()
    {
        _registry.Attach(Gateways[0], 1, [Connection("third", 3), Connection("first", 1)]);
        _registry.Attach(Gateways[1], 1, [Connection("second", 2), Connection("fourth", 4)]);

        Assert.Empty(_registry.GetExcess(4));
        Assert.Equal(
            [(Gateways[0], "first"), (Gateways[1], "second")],
            _registry.GetExcess(2).Select(held => (held.Gateway, held.Connection.Id)));
    }

    [Fact]
    public void GetExcess_EqualTimestamps_IsDeterministic()
    {
        _registry.Attach(Gateways[1], 1, Connections("b", "d"));
        _registry.Attach(Gateways[0], 1, Connections("c", "a"));

        Assert.Equal(["a", "b"], _registry.GetExcess(2).Select(held => held.Connection.Id));
    }

    [Fact]
    public void Attach_OlderGenerationThanTheDetach_IsIgnored()
    {
        _registry.Detach(Gateways[0], 7);

        Assert.False(_registry.Attach(Gateways[0], 6, Connections("a")));
        Assert.Empty(_registry.Connections);
    }

    [Fact]
    public void RemoveGateway_OneOfTwo_RemovesOnlyItsConnections()
    {
        _registry.Attach(Gateways[0], 1, Connections("a"));
        _registry.Attach(Gateways[1], 1, Connections("b"));

        Assert.True(_registry.RemoveGateway(Gateways[0]));
        Assert.False(_registry.RemoveGateway(Gateways[0]));
        Assert.Equal(["b"], _registry.Connections.Select(held => held.Connection.Id));
    }

    [Fact]
    public void Attach_MoreThanMaxGateways_RemovesThoseWithoutConnections()
    {
        _registry.Attach(Gateways[0], 2, Connections("a"));
        _registry.Detach(Gateways[2], 2);
        for (var i = 0; i < UserConnectionRegistry.MaxGateways; i++)
            _registry.Detach(GatewayId.New(Time), 2);

        Assert.False(_registry.Attach(Gateways[0], 1, []));
        Assert.True(_registry.Attach(Gateways[2], 1, []));
        Assert.Equal(1, _registry.Count);
    }

    private sealed record Report(int Gateway, int Connections, bool IsDetach)
    {
        public IEnumerable<string> ConnectionIds => IsDetach ? [] : Enumerable.Range(0, Connections).Select(i => $"{Gateway}-{i}");

        public void Apply(UserConnectionRegistry registry, long generation)
        {
            if (IsDetach)
                registry.Detach(Gateways[Gateway], generation);
            else
                registry.Attach(Gateways[Gateway], generation, [.. ConnectionIds.Select(id => Connection(id))]);
        }
    }
}
