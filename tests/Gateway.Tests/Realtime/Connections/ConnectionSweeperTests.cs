using JubileeVerse.Accounts;
using JubileeVerse.Gateway.Realtime.Connections;
using JubileeVerse.Gateway.Realtime.Feeds;
using JubileeVerse.Gateway.Realtime.Subscriptions;
using JubileeVerse.Gateway.Tests.Fakes;
using JubileeVerse.Gateway.Tests.Realtime.Feeds;
using JubileeVerse.Gateway.Tests.Realtime.Subscriptions;
using JubileeVerse.Rules;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace JubileeVerse.Gateway.Tests.Realtime.Connections;

/// <summary>One connection stops reading.</summary>
public sealed class ConnectionSweeperTests : SubscriptionHarness, IAsyncLifetime
{
    private readonly ServiceProvider _services =
        new ServiceCollection().AddMetrics().AddSingleton<LiveConnections>().BuildServiceProvider();

    private readonly ConnectionPump _pump = new(new ReconnectDelays(new FixedRandom(0)), NullLogger<ConnectionPump>.Instance);

    public async ValueTask InitializeAsync() => await _pump.StartAsync(Token);

    public async ValueTask DisposeAsync()
    {
        await _pump.StopAsync(CancellationToken.None);
        _pump.Dispose();
        await _services.DisposeAsync();
        Dispose();
    }

    private ConnectionSweeper Sweeper(int maxBehindBytes = 1024 * 1024) => new(
        _pump,
        Options.Create(new DeliveryOptions()),
        Options.Create(new ClientConnectionOptions { MaxBehindBytes = maxBehindBytes }),
        Time,
        NullLogger<ConnectionSweeper>.Instance);

    [Fact]
    public async Task Sweep_WriteStalledFor10Seconds_ResetsTheConnectionAsSlow()
    {
        await using var connection = await StartConnectionAsync();
        Feed.Apply(Marked(1));
        await connection.NextWriteAsync();
        Time.Advance(TimeSpan.FromSeconds(9));
        Sweeper().Sweep();
        Assert.False(connection.WasReset);

        Time.Advance(TimeSpan.FromSeconds(1));
        Sweeper().Sweep();

        Assert.True(connection.WasReset);
        Assert.Equal(CloseCodes.Slow, connection.Live.ClosingCode);
    }

    [Fact]
    public async Task Sweep_TooManyUnreadBytes_ResetsTheConnectionEarly()
    {
        await using var connection = await StartConnectionAsync();
        Feed.Apply(Marked(1));
        await connection.NextWriteAsync();
        Time.Advance(TimeSpan.FromSeconds(1));
        Feed.Apply(Marked(2));
        Sweeper().Sweep();
        Assert.False(connection.WasReset);

        for (var offset = 3; offset < 20; offset++)
            Feed.Apply(Marked(offset));
        Sweeper(maxBehindBytes: 1000).Sweep();

        Assert.True(connection.WasReset);
    }

    [Fact]
    public async Task Sweep_TooManyUnreadBytesOfAReply_ResetsTheConnectionEarly()
    {
        await using var connection = await StartConnectionAsync();
        Feed.Apply(Frames.Delta(7, 0, "Hello"));
        await connection.NextWriteAsync();
        Time.Advance(TimeSpan.FromSeconds(1));
        Feed.Apply(Frames.Delta(7, 5, new string('x', 2000)));
        Sweeper(maxBehindBytes: 1000).Sweep();

        Assert.True(connection.WasReset);
    }

    [Fact]
    public async Task Sweep_OneOf1000ConnectionsStalls_ServesTheOthersAndResetsThatOne()
    {
        await using var stalled = await StartConnectionAsync();
        var others = new List<SubscribedConnection>();
        for (var i = 1; i < 1000; i++)
            others.Add(await StartConnectionAsync());
        Feed.Apply(Marked(1));
        await stalled.NextWriteAsync();
        foreach (var connection in others)
        {
            Assert.Equal(["read 1"], await connection.NextWriteAsync());
            connection.Release();
        }

        Feed.Apply(Marked(2));
        foreach (var connection in others)
        {
            Assert.Equal(["read 2"], await connection.NextWriteAsync());
            connection.Release();
        }

        Time.Advance(TimeSpan.FromSeconds(1));
        // Each connection sees its write complete a moment after the release.
        foreach (var connection in others)
            await connection.WriteCompletedAsync();
        Time.Advance(TimeSpan.FromSeconds(9));
        Sweeper().Sweep();

        Assert.True(stalled.WasReset);
        Assert.DoesNotContain(others, connection => connection.WasReset);
        Assert.Equal(1, stalled.Writes);
        foreach (var connection in others)
            await connection.DisposeAsync();
    }

    [Fact]
    public async Task Sweep_QuietConnection_SendsAHeartbeat()
    {
        await using var connection = await StartConnectionAsync();
        Time.Advance(TimeSpan.FromSeconds(14));
        Sweeper().Sweep();
        Assert.Equal(0, connection.Writes);

        Time.Advance(TimeSpan.FromSeconds(1));
        Sweeper().Sweep();

        Assert.Empty(await connection.NextWriteAsync());
        connection.Release();
    }

    [Fact]
    public async Task Pulse_BeforeStart_WritesNothingAndLosesNothing()
    {
        await using var connection = CreateConnection();
        await SubscribeAsync(connection);
        Feed.Apply(Marked(1));
        Assert.Empty(_pump.Connections);

        connection.Start();

        Assert.Equal(["read 1"], await connection.NextWriteAsync());
        connection.Release();
        Assert.Single(_pump.Connections);
    }

    [Fact]
    public async Task Sweep_OwnerOfARunningReplyDoesNotRespond_ClosesTheConnectionAsUnreachable()
    {
        await using var connection = await StartConnectionAsync();
        Feed.Apply(Frames.Delta(7, 0, "Hello"));
        Assert.Equal(["7=Hello"], await connection.NextWriteAsync());
        connection.Release();
        for (var i = 0; i < 6; i++)
        {
            Time.Advance(TimeSpan.FromSeconds(5));
            var checking = Feed.AttachAgainAsync();
            (await Owner.NextAttachAsync()).Fail(new TimeoutException("no silo"));
            await Assert.ThrowsAsync<TimeoutException>(() => checking);
        }

        Feed.Sweep();

        Assert.Equal(["closing"], await connection.NextWriteAsync());
        connection.Release();
        Assert.Equal(CloseCodes.Unreachable, await connection.Ended);
    }

    private SubscribedConnection CreateConnection()
    {
        var connection = _services.GetRequiredService<LiveConnections>().Add(UserId.New(Time), Token);
        return new SubscribedConnection(connection, _pump, Time, CreateSubscriptions, Format);
    }

    private async Task<SubscribedConnection> StartConnectionAsync()
    {
        var connection = CreateConnection();
        await SubscribeAsync(connection);
        connection.Start();
        return connection;
    }

    private async Task SubscribeAsync(SubscribedConnection connection)
    {
        var isNew = Channels.Find(Frames.Channel) is null;
        var subscribing = connection.Subscriptions.SubscribeAsync(new SubscribeRequest(Frames.Channel), Token);
        if (isNew)
            (await Owner.NextAttachAsync()).Complete();
        Assert.Null((await subscribing).Error);
    }
}
