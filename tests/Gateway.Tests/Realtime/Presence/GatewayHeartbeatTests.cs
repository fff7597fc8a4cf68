using System.Diagnostics.Metrics;
using JubileeVerse.Accounts;
using JubileeVerse.Gateway.Realtime.Connections;
using JubileeVerse.Gateway.Realtime.Feeds;
using JubileeVerse.Gateway.Realtime.Presence;
using JubileeVerse.Gateway.Tests.Fakes;
using JubileeVerse.Realtime;
using JubileeVerse.ServiceDefaults.Drain;
using JubileeVerse.Testing;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting.Internal;
using Microsoft.Extensions.Logging.Abstractions;

namespace JubileeVerse.Gateway.Tests.Realtime.Presence;

public sealed class GatewayHeartbeatTests : IDisposable
{
    private readonly WatchedTimeProvider _time = new();
    private readonly FakeGatewayDirectoryGrain _directory = new();
    private readonly ApplicationLifetime _lifetime = new(NullLogger<ApplicationLifetime>.Instance);
    private readonly ServiceProvider _meters = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private readonly FakeServer _server = new();
    private readonly DrainState _drain;
    private readonly LiveConnections _connections;
    private readonly GatewayIdentity _identity;
    private readonly GatewayHeartbeat _heartbeat;

    public GatewayHeartbeatTests()
    {
        var (factory, grains) = FakeGrains.Create();
        grains.Add<IGatewayDirectoryGrain>(_directory);
        _connections = new LiveConnections(_meters.GetRequiredService<IMeterFactory>());
        var observer = new GatewayObserver(new ChannelDirectory(), _connections, NullLogger<GatewayObserver>.Instance);
        _identity = new GatewayIdentity(factory, observer, _time);
        _drain = new DrainState(_lifetime);
        var addresses = new ServerAddressesFeature();
        addresses.Addresses.Add("http://127.0.0.1:3111");
        _server.Features.Set<IServerAddressesFeature>(addresses);
        _heartbeat = new GatewayHeartbeat(factory, _identity, _connections, _drain, _server, _time, NullLogger<GatewayHeartbeat>.Instance);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task StartAsync_Running_RegistersAtOnceAndEveryTenSeconds()
    {
        await _heartbeat.StartAsync(Token);
        var first = await _directory.NextRegistrationAsync();
        Assert.Equal(
            (_identity.Id, $"{Environment.MachineName}:3111", false, 0, 0),
            (first.Id, first.Name, first.IsDraining, first.Connections, first.Users));

        var user = UserId.New(_time);
        using var one = _connections.Add(user, Token);
        using var two = _connections.Add(user, Token, new UserConnection("link", ConnectionTransport.Hub, null, _time.GetUtcNow()));
        await _time.WhenArmedAsync(GatewayHeartbeat.Period, Token);
        _time.Advance(GatewayHeartbeat.Period);
        var second = await _directory.NextRegistrationAsync();

        Assert.Equal((2, 1), (second.Connections, second.Users));
        Assert.Equal((1, 1), (second.ByTransport![ConnectionTransport.ReplyStream], second.ByTransport[ConnectionTransport.Hub]));
    }

    [Fact]
    public async Task StartAsync_DrainBegins_RegistersAtOnce()
    {
        await _heartbeat.StartAsync(Token);
        await _directory.NextRegistrationAsync();
        await _time.WhenArmedAsync(GatewayHeartbeat.Period, Token);
        _drain.Begin();

        Assert.True((await _directory.NextRegistrationAsync()).IsDraining);
    }

    [Fact]
    public async Task StartAsync_DirectoryUnreachable_RegistersAgainAfterOneSecond()
    {
        _directory.IsUnreachable = true;
        await _heartbeat.StartAsync(Token);
        await _directory.NextRegistrationAsync();
        await _time.WhenArmedAsync(GatewayHeartbeat.RetryPeriod, Token);
        _time.Advance(GatewayHeartbeat.RetryPeriod);

        await _directory.NextRegistrationAsync();
    }

    [Fact]
    public async Task StopAsync_Registered_Unregisters()
    {
        await _heartbeat.StartAsync(Token);
        await _directory.NextRegistrationAsync();
        await _heartbeat.StopAsync(Token);

        Assert.Equal(_identity.Id, await _directory.NextUnregistrationAsync());
    }

    public void Dispose()
    {
        _heartbeat.Dispose();
        _connections.Dispose();
        _drain.Dispose();
        _meters.Dispose();
        _server.Dispose();
    }
}
