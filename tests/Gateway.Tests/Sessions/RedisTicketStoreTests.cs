using JubileeVerse.Accounts;
using JubileeVerse.Errors;
using JubileeVerse.Gateway.Accounts;
using JubileeVerse.Gateway.Storage;
using JubileeVerse.Testing.Storage;
using Microsoft.Extensions.Time.Testing;

namespace JubileeVerse.Gateway.Tests.Sessions;

public sealed class RedisTicketStoreTests : IAsyncLifetime
{
    private readonly RedisServer _server = new();

    // At the present, because Redis expires by its own clock.
    private readonly FakeTimeProvider _time = new(TimeProvider.System.GetUtcNow());
    private SessionSite _here = null!;
    private SessionSite _there = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        RedisServer.SkipWhenMissing();
        await _server.StartAsync(Token);
        (_here, _there) = (new SessionSite(_server.ConnectionString, _time), new SessionSite(_server.ConnectionString, _time));
    }

    public async ValueTask DisposeAsync()
    {
        if (_here is not null)
            await _here.DisposeAsync();
        if (_there is not null)
            await _there.DisposeAsync();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task Session_Stored_IsKnownAtEveryGatewayAndItsKeyToNobodyElse()
    {
        var userId = UserId.New(_time);
        var key = await _here.Store.StoreAsync(_here.Ticket(userId));

        var found = await _there.Store.FindAsync(key, Token);
        Assert.Equal(userId, found?.Principal.UserId());
        Assert.Equal(key, found!.Principal.FindFirst(CallerClaims.SessionKey)?.Value);
        var stored = (string?)await _here.Database.StringGetAsync($"jv:sess:{SessionKey.HashOf(key)}");
        Assert.DoesNotContain(key, stored);
        Assert.InRange((await _here.Database.KeyTimeToLiveAsync($"jv:sess:{SessionKey.HashOf(key)}"))!.Value.TotalHours, 23.9, 24);
        Assert.InRange((await _here.Database.KeyTimeToLiveAsync($"jv:sess:user:{userId}"))!.Value.TotalHours, 23.9, 24);
    }

    [Fact]
    public async Task Session_Ended_HasEndedEverywhereAndIsNotProlonged()
    {
        var ticket = _here.Ticket(UserId.New(_time));
        var key = await _here.Store.StoreAsync(ticket);
        Assert.True(await _there.IsAliveAsync(key));

        await _here.Store.RemoveAsync(key);
        await _there.Store.RenewAsync(key, ticket);

        Assert.False(await _here.IsAliveAsync(key));
        Assert.False(await _there.IsAliveAsync(key));
    }

    [Fact]
    public async Task Session_Prolonged_LivesLonger()
    {
        var userId = UserId.New(_time);
        var key = await _here.Store.StoreAsync(_here.Ticket(userId, TimeSpan.FromHours(1)));
        await _there.Store.RenewAsync(key, _there.Ticket(userId, TimeSpan.FromHours(2)));

        _time.Advance(TimeSpan.FromMinutes(90));
        Assert.True(await _here.IsAliveAsync(key));
        _time.Advance(TimeSpan.FromMinutes(31));
        Assert.False(await _here.IsAliveAsync(key));
    }

    [Fact]
    public async Task Sessions_OfAPerson_EndTogether()
    {
        var userId = UserId.New(_time);
        string[] keys = [await _here.Store.StoreAsync(_here.Ticket(userId)), await _there.Store.StoreAsync(_there.Ticket(userId))];
        var others = await _here.Store.StoreAsync(_here.Ticket(UserId.New(_time)));

        await _here.Store.RemoveAllAsync(userId, Token);

        foreach (var key in keys)
            Assert.False(await _there.IsAliveAsync(key));
        Assert.True(await _there.IsAliveAsync(others));
    }

    [Fact]
    public async Task Sessions_MoreThanAPersonMayHave_EndTheOldest()
    {
        var userId = UserId.New(_time);
        var first = await _here.Store.StoreAsync(_here.Ticket(userId));
        var second = "";
        for (var i = 0; i < RedisSessions.MaxOfUser; i++)
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            var key = await _here.Store.StoreAsync(_here.Ticket(userId));
            second = i == 0 ? key : second;
        }

        Assert.False(await _here.IsAliveAsync(first));
        Assert.True(await _here.IsAliveAsync(second));
        Assert.Equal(RedisSessions.MaxOfUser, await _here.Database.SortedSetLengthAsync($"jv:sess:user:{userId}"));
    }

    [Fact]
    public async Task Outage_SessionSeenLately_GoesOnAndAnyOtherIsUnknown()
    {
        var key = await _here.Store.StoreAsync(_here.Ticket(UserId.New(_time)));
        var unseen = await _there.Store.StoreAsync(_there.Ticket(UserId.New(_time)));
        Assert.True(await _here.IsAliveAsync(key));
        await _server.KillAsync();

        Assert.True(await _here.IsAliveAsync(key));
        await UnavailableAsync(() => _here.IsAliveAsync(unseen));
        await UnavailableAsync(() => _here.Store.StoreAsync(_here.Ticket(UserId.New(_time))));
        await UnavailableAsync(() => _here.Store.EnsureReachableAsync(Token));
        _time.Advance(RecentSessions.GoodFor + TimeSpan.FromSeconds(1));
        await UnavailableAsync(() => _here.IsAliveAsync(key));

        await _server.StartAsync(Token);
        await _here.WhenConnectedAsync();
        _time.Advance(RedisGate.LookPeriod);
        Assert.True(await _here.IsAliveAsync(key));
        Assert.True(await _here.IsAliveAsync(unseen));
    }

    [Fact]
    public async Task Outage_SessionEndedHere_DoesNotGoOn()
    {
        var key = await _here.Store.StoreAsync(_here.Ticket(UserId.New(_time)));
        Assert.True(await _here.IsAliveAsync(key));
        await _server.KillAsync();

        await UnavailableAsync(() => _here.Store.RemoveAsync(key));
        await UnavailableAsync(() => _here.IsAliveAsync(key));
    }

    private static async Task UnavailableAsync(Func<Task> call) =>
        Assert.Equal(ErrorCode.Unavailable, (await Assert.ThrowsAsync<JubileeException>(call)).Code);
}
