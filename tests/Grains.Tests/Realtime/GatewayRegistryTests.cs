using JubileeVerse.Realtime;
using JubileeVerse.Realtime.Outbox;
using Microsoft.Extensions.Time.Testing;

namespace JubileeVerse.Grains.Tests.Realtime;

public sealed class GatewayRegistryTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly GatewayRegistry _registry;

    public GatewayRegistryTests() => _registry = new GatewayRegistry(_time);

    [Fact]
    public void List_SilentForHalfAMinute_OmitsTheGateway()
    {
        var gateway = Gateway();
        _registry.Register(gateway);
        _time.Advance(TimeSpan.FromSeconds(29));
        Assert.Equal([gateway with { SilentFor = TimeSpan.FromSeconds(29) }], _registry.List());

        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Empty(_registry.List());
    }

    [Fact]
    public void Register_Again_ExtendsTheLeaseAndReplacesTheFigures()
    {
        var gateway = Gateway();
        _registry.Register(gateway);
        _time.Advance(TimeSpan.FromSeconds(20));
        _registry.Register(gateway with { IsDraining = true, Connections = 7 });
        _time.Advance(TimeSpan.FromSeconds(20));

        Assert.Equal([(true, 7)], _registry.List().Select(listed => (listed.IsDraining, listed.Connections)));
    }

    [Fact]
    public void Unregister_RegisteredGateway_IsNotListedAnyMore()
    {
        var (stays, goes) = (Gateway(), Gateway());
        _registry.Register(stays);
        _registry.Register(goes);
        _registry.Unregister(goes.Id);

        Assert.Equal([stays], _registry.List());
    }

    [Fact]
    public void List_SeveralGateways_OldestFirst()
    {
        var young = Gateway() with { StartedAt = _time.GetUtcNow().AddHours(1) };
        var old = Gateway();
        _registry.Register(young);
        _registry.Register(old);

        Assert.Equal([old, young], _registry.List());
    }

    [Fact]
    public void Register_OneTooMany_RemovesTheOneSilentForLongest()
    {
        var first = Gateway();
        _registry.Register(first);
        _time.Advance(TimeSpan.FromSeconds(1));
        for (var i = 1; i < GatewayRegistry.MaxGateways; i++)
            _registry.Register(Gateway());
        Assert.Contains(first.Id, _registry.List().Select(listed => listed.Id));

        _registry.Register(Gateway());

        Assert.DoesNotContain(first.Id, _registry.List().Select(listed => listed.Id));
        Assert.Equal(GatewayRegistry.MaxGateways, _registry.List().Length);
    }

    private GatewayRegistration Gateway() =>
        new(GatewayId.New(_time), "gateway:3000", "1.0", _time.GetUtcNow(), IsDraining: false, Connections: 0, Users: 0, Observer: null!);
}
