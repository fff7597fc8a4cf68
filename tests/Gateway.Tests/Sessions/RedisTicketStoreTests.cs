using JubileeVerse.Accounts;
using JubileeVerse.Errors;
using JubileeVerse.Gateway.Sessions;
using JubileeVerse.Gateway.Sessions.Stores;
using JubileeVerse.Gateway.Storage;
using JubileeVerse.Rules;
using JubileeVerse.Testing.Storage;
using Microsoft.Extensions.Time.Testing;

namespace JubileeVerse.Gateway.Tests.Sessions;

public sealed class RedisTicketStoreTests : IAsyncLifetime
{
    private readonly RedisServer _server = new();

    // The clock starts at the real time because Redis expires keys by its own clock.
    private readonly FakeTimeProvider _time = new(TimeProvider.System.GetUtcNow());
    private GatewaySessions _gateway = null!;
    private GatewaySessions _otherGateway = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        RedisServer.SkipWhenMissing();
        await _server.StartAsync(Token);
        (_gateway, _otherGateway) =
            (new GatewaySessions(_server.ConnectionString, _time), new GatewaySessions(_server.ConnectionString, _time));
    }

    public async ValueTask DisposeAsync()
    {
        if (_gateway is not null)
            await _gateway.DisposeAsync();
        if (_otherGateway is not null)
            await _otherGateway.DisposeAsync();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task StoreAsync_NewSession_IsFoundByEveryGatewayAndStoredUnderAHash()
    {
        var userId = UserId.New(_time);
        var key = await _gateway.Store.StoreAsync(_gateway.Ticket(userId));

        var found = await _otherGateway.Store.FindAsync(key, Token);
        Assert.Equal(userId, found?.Principal.UserId());
        Assert.Equal(key, found!.Principal.FindFirst(CallerClaims.SessionKey)?.Value);
        var stored = (string?)await _gateway.Database.StringGetAsync($"jv:sess:{SessionKeyHash.Create(key)}");
        Assert.DoesNotContain(key, stored);
        Assert.InRange((await _gateway.Database.KeyTimeToLiveAsync($"jv:sess:{SessionKeyHash.Create(key)}"))!.Value.TotalHours, 23.9, 24);
        Assert.InRange((await _gateway.Database.KeyTimeToLiveAsync($"jv:sess:user:{userId}"))!.Value.TotalHours, 23.9, 24);
    }

    [Fact]
    public async Task RemoveAsync_Session_RemovesItAtEveryGatewayAndPreventsRenewal()
    {
        var ticket = _gateway.Ticket(UserId.New(_time));
        var key = await _gateway.Store.StoreAsync(ticket);
        Assert.True(await _otherGateway.IsAliveAsync(key));

        await _gateway.Store.RemoveAsync(key);
        await _otherGateway.Store.RenewAsync(key, ticket);

        Assert.False(await _gateway.IsAliveAsync(key));
        Assert.False(await _otherGateway.IsAliveAsync(key));
    }

    [Fact]
    public async Task RenewAsync_Session_ExtendsItsLifetime()
    {
        var userId = UserId.New(_time);
        var key = await _gateway.Store.StoreAsync(_gateway.Ticket(userId, TimeSpan.FromHours(1)));
        await _otherGateway.Store.RenewAsync(key, _otherGateway.Ticket(userId, TimeSpan.FromHours(2)));

        _time.Advance(TimeSpan.FromMinutes(90));
        Assert.True(await _gateway.IsAliveAsync(key));
        _time.Advance(TimeSpan.FromMinutes(31));
        Assert.False(await _gateway.IsAliveAsync(key));
    }

    [Fact]
    public async Task RemoveAllAsync_User_RemovesAllSessionsOfThatUser()
    {
        var userId = UserId.New(_time);
        string[] keys =
        [
            await _gateway.Store.StoreAsync(_gateway.Ticket(userId)),
            await _otherGateway.Store.StoreAsync(_otherGateway.Ticket(userId)),
        ];
        var others = await _gateway.Store.StoreAsync(_gateway.Ticket(UserId.New(_time)));

        await _gateway.Store.RemoveAllAsync(userId, Token);

        foreach (var key in keys)
            Assert.False(await _otherGateway.IsAliveAsync(key));
        Assert.True(await _otherGateway.IsAliveAsync(others));
    }

    [Fact]
    public async Task StoreAsync_MoreThanTheMaximumPerUser_RemovesTheOldest()
    {
        var userId = UserId.New(_time);
        var first = await _gateway.Store.StoreAsync(_gateway.Ticket(userId));
        var second = "";
        for (var i = 0; i < RedisSessions.MaxPerUser; i++)
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            var key = await _gateway.Store.StoreAsync(_gateway.Ticket(userId));
            second = i == 0 ? key : second;
        }

        Assert.False(await _gateway.IsAliveAsync(first));
        Assert.True(await _gateway.IsAliveAsync(second));
        Assert.Equal(RedisSessions.MaxPerUser, await _gateway.Database.SortedSetLengthAsync($"jv:sess:user:{userId}"));
    }

    [Fact]
    public async Task FindAsync_RedisOutage_AcceptsOnlyRecentlySeenSessions()
    {
        var key = await _gateway.Store.StoreAsync(_gateway.Ticket(UserId.New(_time)));
        var notSeen = await _otherGateway.Store.StoreAsync(_otherGateway.Ticket(UserId.New(_time)));
        Assert.True(await _gateway.IsAliveAsync(key));
        await _server.KillAsync();

        Assert.True(await _gateway.IsAliveAsync(key));
        await UnavailableAsync(() => _gateway.IsAliveAsync(notSeen));
        await UnavailableAsync(() => _gateway.Store.StoreAsync(_gateway.Ticket(UserId.New(_time))));
        await UnavailableAsync(() => _gateway.Store.EnsureReachableAsync(Token));
        _time.Advance(RecentSessions.Lifetime + TimeSpan.FromSeconds(1));
        await UnavailableAsync(() => _gateway.IsAliveAsync(key));

        await _server.StartAsync(Token);
        await _gateway.WhenConnectedAsync();
        _time.Advance(RedisCircuitBreaker.ProbeInterval);
        Assert.True(await _gateway.IsAliveAsync(key));
        Assert.True(await _gateway.IsAliveAsync(notSeen));
    }

    [Fact]
    public async Task FindAsync_RedisOutageAndSessionRemovedHere_IsUnavailable()
    {
        var key = await _gateway.Store.StoreAsync(_gateway.Ticket(UserId.New(_time)));
        Assert.True(await _gateway.IsAliveAsync(key));
        await _server.KillAsync();

        await UnavailableAsync(() => _gateway.Store.RemoveAsync(key));
        await UnavailableAsync(() => _gateway.IsAliveAsync(key));
    }

    private static async Task UnavailableAsync(Func<Task> call) =>
        Assert.Equal(ErrorCode.Unavailable, (await Assert.ThrowsAsync<JubileeException>(call)).Code);
}
