using JubileeVerse.Realtime;
using Microsoft.Extensions.Time.Testing;

namespace JubileeVerse.Grains.Tests.Realtime;

public sealed class GatewayRollTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly GatewayRoll _roll;

    public GatewayRollTests() => _roll = new GatewayRoll(_time);

    [Fact]
    public void List_AfterHalfAMinuteOfSilence_DoesNotNameIt()
    {
        var gateway = Gateway();
        _roll.Register(gateway);
        _time.Advance(TimeSpan.FromSeconds(29));
        Assert.Equal([gateway with { SilentFor = TimeSpan.FromSeconds(29) }], _roll.List());

        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Empty(_roll.List());
    }

    [Fact]
    public void Register_Again_ProlongsAndTheLatestCounts()
    {
        var gateway = Gateway();
        _roll.Register(gateway);
        _time.Advance(TimeSpan.FromSeconds(20));
        _roll.Register(gateway with { IsDraining = true, Connections = 7 });
        _time.Advance(TimeSpan.FromSeconds(20));

        Assert.Equal([(true, 7)], _roll.List().Select(listed => (listed.IsDraining, listed.Connections)));
    }

    [Fact]
    public void Leave_IsNotNamedAnyMore()
    {
        var (stays, goes) = (Gateway(), Gateway());
        _roll.Register(stays);
        _roll.Register(goes);
        _roll.Leave(goes.Id);

        Assert.Equal([stays], _roll.List());
    }

    [Fact]
    public void List_OldestFirst()
    {
        var young = Gateway() with { StartedAt = _time.GetUtcNow().AddHours(1) };
        var old = Gateway();
        _roll.Register(young);
        _roll.Register(old);

        Assert.Equal([old, young], _roll.List());
    }

    [Fact]
    public void Register_OneTooMany_MakesRoomOfTheOneThatIsSilentForTheLongestTime()
    {
        var first = Gateway();
        _roll.Register(first);
        _time.Advance(TimeSpan.FromSeconds(1));
        for (var i = 1; i < GatewayRoll.MaxGateways; i++)
            _roll.Register(Gateway());
        Assert.Contains(first.Id, _roll.List().Select(listed => listed.Id));

        _roll.Register(Gateway());

        Assert.DoesNotContain(first.Id, _roll.List().Select(listed => listed.Id));
        Assert.Equal(GatewayRoll.MaxGateways, _roll.List().Length);
    }

    private GatewayRegistration Gateway() =>
        new(GatewayId.New(_time), "gateway:3000", "1.0", _time.GetUtcNow(), IsDraining: false, Connections: 0, Users: 0, Observer: null!);
}
