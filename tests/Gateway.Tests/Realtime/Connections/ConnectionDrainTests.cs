using JubileeVerse.Accounts;
using JubileeVerse.Gateway.Realtime.Connections;
using JubileeVerse.Gateway.Realtime.Drain;
using JubileeVerse.Gateway.Tests.Fakes;
using JubileeVerse.Rules;
using JubileeVerse.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace JubileeVerse.Gateway.Tests.Realtime.Connections;

public sealed class ConnectionDrainTests : IDisposable
{
    private static readonly ConnectionDrainOptions Defaults = new();

    private static readonly ConnectionDrainOptions NoWindow = new() { DrainDelay = TimeSpan.Zero, DrainWindow = TimeSpan.Zero };

    /// <summary>A hundredth of the time that a drain waits for running replies.</summary>
    private static readonly TimeSpan Slice = Defaults.DrainReplies / 100;

    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private readonly Lifetime _lifetime = new();
    private readonly LiveConnections _connections;

    public ConnectionDrainTests()
    {
        _connections = new LiveConnections(_services.GetRequiredService<System.Diagnostics.Metrics.IMeterFactory>());
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _connections.Dispose();
        _services.Dispose();
        _lifetime.Dispose();
    }

    [Fact]
    public async Task DrainAsync_IdleAndRunningReplies_ClosesIdleConnectionsOverTheWindowFirst()
    {
        var clock = new WatchedTimeProvider();
        var drained = Drain(clock).DrainAsync(Token);
        var idle = Enumerable.Range(0, 200).Select(_ => Connect()).ToArray();
        var running = Connect(hasRunningReply: true);
        await clock.WhenArmedAsync(Defaults.DrainDelay, Token);
        Assert.DoesNotContain(idle, connection => connection.ClosingCode is not null);
        clock.Advance(Defaults.DrainDelay);

        for (var slice = 0; slice < 100; slice++)
        {
            var wait = Defaults.DrainWindow / (slice == 0 ? 200 : 100);
            await clock.WhenArmedAsync(wait, Token);
            Assert.Equal(2 * (slice + 1), idle.Count(connection => connection.ClosingCode == CloseCodes.Drain));
            clock.Advance(wait);
        }

        Assert.Null(running.ClosingCode);
        running.Dispose();
        Array.ForEach(idle, connection => connection.Dispose());
        await drained;
    }

    [Fact]
    public async Task DrainAsync_ReplyOfAConnectionEnds_ClosesThatConnection()
    {
        var clock = new WatchedTimeProvider();
        var running = Connect(hasRunningReply: true);
        using var other = Connect(hasRunningReply: true);
        var drained = Drain(clock, NoWindow).DrainAsync(Token);
        await clock.WhenArmedAsync(Slice / 2, Token);
        Assert.Null(running.ClosingCode);

        running.HasRunningReply = false;
        clock.Advance(Slice / 2);
        await clock.WhenArmedAsync(Slice, Token);

        Assert.Equal((CloseCodes.Drain, null), (running.ClosingCode, other.ClosingCode));
        running.Dispose();
        other.Dispose();
        await drained;
    }

    [Fact]
    public async Task DrainAsync_RepliesStillRunning_ClosesConnectionsInSlicesInTheLastQuarter()
    {
        var clock = new WatchedTimeProvider();
        var running = Enumerable.Range(0, 50).Select(_ => Connect(hasRunningReply: true)).ToArray();
        var drained = Drain(clock, NoWindow).DrainAsync(Token);

        for (var slice = 0; slice < 100; slice++)
        {
            var wait = slice == 0 ? Slice / 2 : Slice;
            await clock.WhenArmedAsync(wait, Token);
            Assert.Equal(slice < 75 ? 0 : 2 * (slice - 74), running.Count(connection => connection.ClosingCode == CloseCodes.Drain));
            clock.Advance(wait);
        }

        await drained;
    }

    [Fact]
    public async Task DrainAsync_LastIdleConnectionDisconnects_EndsEarly()
    {
        var clock = new WatchedTimeProvider();
        var drained = Drain(clock).DrainAsync(Token);
        var idle = Connect();
        await clock.WhenArmedAsync(Defaults.DrainDelay, Token);
        clock.Advance(Defaults.DrainDelay);
        await clock.WhenArmedAsync(Defaults.DrainWindow / 200, Token);
        Assert.Equal(CloseCodes.Drain, idle.ClosingCode);

        idle.Dispose();

        await drained;
    }

    [Fact]
    public async Task DrainAsync_NoConnections_WaitsForTheDelayOnly()
    {
        var clock = new SkippingTimeProvider();

        await Drain(clock).DrainAsync(Token);

        Assert.Equal(Defaults.DrainDelay, clock.GetElapsedTime(0));
    }

    [Fact]
    public async Task DrainAsync_ConnectionWithRunningReplyDisconnects_EndsEarly()
    {
        var clock = new WatchedTimeProvider();
        var drain = Drain(clock, NoWindow);
        var running = Connect(hasRunningReply: true);
        var drained = drain.DrainAsync(Token);
        await clock.WhenArmedAsync(Slice / 2, Token);
        Assert.Null(running.ClosingCode);

        running.Dispose();

        await drained;
    }

    [Fact]
    public async Task DrainAsync_NewConnection_IsAcceptedDuringTheDelayAndClosedAfterwards()
    {
        var clock = new WatchedTimeProvider();
        var drain = Drain(clock);
        var drained = drain.DrainAsync(Token);
        await clock.WhenArmedAsync(Defaults.DrainDelay, Token);
        var early = Connect(hasRunningReply: true);
        Assert.Null(early.ClosingCode);
        early.Dispose();

        clock.Advance(Defaults.DrainDelay);
        await drained;

        Assert.Equal(CloseCodes.Drain, Connect().ClosingCode);
    }

    [Fact]
    public async Task DrainAsync_Cancelled_EndsAtOnceAndTheStoppingHostClosesAllConnections()
    {
        var clock = new WatchedTimeProvider();
        var drain = Drain(clock);
        await drain.StartAsync(Token);
        using var cancellation = new CancellationTokenSource();
        var idle = Connect();
        var running = Connect(hasRunningReply: true);
        var drained = drain.DrainAsync(cancellation.Token);
        await clock.WhenArmedAsync(Defaults.DrainDelay, Token);

        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => drained);
        _lifetime.StopApplication();

        Assert.Equal(CloseCodes.Drain, idle.ClosingCode);
        Assert.Equal(CloseCodes.Drain, running.ClosingCode);
    }

    private LiveConnection Connect(bool hasRunningReply = false)
    {
        var connection = _connections.Add(UserId.New(TimeProvider.System), CancellationToken.None);
        connection.HasRunningReply = hasRunningReply;
        return connection;
    }

    private ConnectionDrain Drain(TimeProvider time, ConnectionDrainOptions? options = null) =>
        new(_connections, _lifetime, Options.Create(options ?? Defaults), time, new FixedRandom(0.5), NullLogger<ConnectionDrain>.Instance);

    private sealed class Lifetime : IHostApplicationLifetime, IDisposable
    {
        private readonly CancellationTokenSource _stopping = new();

        public CancellationToken ApplicationStarted => CancellationToken.None;

        public CancellationToken ApplicationStopping => _stopping.Token;

        public CancellationToken ApplicationStopped => CancellationToken.None;

        public void StopApplication() => _stopping.Cancel();

        public void Dispose() => _stopping.Dispose();
    }
}
