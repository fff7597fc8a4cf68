using JubileeVerse.Accounts;
using JubileeVerse.Gateway.Realtime.Connections;
using JubileeVerse.Gateway.Realtime.Feeds;
using JubileeVerse.Gateway.Realtime.Feeds.Owners;
using JubileeVerse.Gateway.Realtime.Presence;
using JubileeVerse.Gateway.Tests.Fakes;
using JubileeVerse.Realtime;
using JubileeVerse.Rules;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace JubileeVerse.Gateway.Tests.Realtime.Presence;

/// <summary>The attach calls that a user's grain receives with the list of connections; the test completes them.</summary>
public sealed class UserPresenceFeedTests : IDisposable
{
    private readonly FakeTimeProvider _time = new();
    private readonly FakeUserConnectionGrain _grain = new();
    private readonly LiveConnections _connections = TestConnections.New();
    private readonly ChannelFeeds _feeds;
    private readonly UserPresenceFeed _presence;
    private readonly UserId _user;

    public UserPresenceFeedTests()
    {
        var (grains, fakes) = FakeGrains.Create();
        fakes.Add<IUserConnectionGrain>(_grain);
        fakes.Add<IChannelQueriesGrain>(new FakeHistory());
        var channels = new ChannelDirectory();
        var gateway = new GatewayIdentity(grains, new GatewayObserver(channels, _connections, NullLogger<GatewayObserver>.Instance), _time);
        _feeds = new ChannelFeeds(
            channels,
            gateway,
            new ChannelOwnerFactory(grains, _connections),
            new ChannelHistoryClient(grains),
            _time,
            Options.Create(new DeliveryOptions()),
            NullLoggerFactory.Instance);
        _presence = new UserPresenceFeed(_feeds, _connections);
        _user = UserId.New(_time);
    }

    public void Dispose() => _connections.Dispose();

    [Fact]
    public async Task TrackAsync_Connection_NotifiesTheGrainOfItAndOfItsEnd()
    {
        var connection = Connect("a");
        var tracked = _presence.TrackAsync(connection);
        var first = await _grain.NextAttachAsync();
        Assert.Equal(["a"], first.ConnectionIds);
        first.Complete();
        await tracked;

        connection.Dispose();

        var second = await _grain.NextAttachAsync();
        Assert.Empty(second.ConnectionIds);
        Assert.True(second.Subscription.Generation > first.Subscription.Generation);
    }

    [Fact]
    public async Task NotifyAsync_SessionChanged_NotifiesTheGrainAtOnce()
    {
        using var connection = Connect("a");
        var tracked = _presence.TrackAsync(connection);
        (await _grain.NextAttachAsync()).Complete();
        await tracked;
        connection.SetSession("newer");

        var notified = _presence.NotifyAsync(connection);

        var attach = await _grain.NextAttachAsync();
        attach.Complete();
        await notified;
        Assert.Equal("newer", Assert.Single(_connections.UserConnectionsOf(_user)).Session);
        Assert.True(_connections.IsAcknowledged(_user));
    }

    /// <summary>The attachment lets this gateway learn that the session ended at another gateway.</summary>
    [Fact]
    public async Task FollowAsync_ReplyStream_AttachesWithoutListingAConnection()
    {
        using var stream = _connections.Add(_user, TestContext.Current.CancellationToken, session: "s");

        var followed = _presence.FollowAsync(stream);

        var attach = await _grain.NextAttachAsync();
        Assert.Empty(attach.ConnectionIds);
        attach.Complete();
        await followed;
        _time.Advance(new DeliveryOptions().CheckPeriod);
        _feeds.Sweep();
        Assert.Empty((await _grain.NextAttachAsync()).ConnectionIds);
    }

    [Fact]
    public async Task TrackAsync_AttachInProgress_AttachesAgainAfterIt()
    {
        using var a = Connect("a");
        var first = _presence.TrackAsync(a);
        var attach = await _grain.NextAttachAsync();
        using var b = Connect("b");
        var second = _presence.TrackAsync(b);
        Assert.Equal(["a"], attach.ConnectionIds);
        attach.Complete();

        var again = await _grain.NextAttachAsync();
        Assert.Equal(["a", "b"], again.ConnectionIds);
        again.Complete();
        await Task.WhenAll(first, second);
        Assert.Equal(2, _grain.AttachCount);
    }

    [Fact]
    public async Task TrackAsync_ManyAtOnce_AttachesOnce()
    {
        LiveConnection[] connections = [.. Enumerable.Range(0, 9).Select(i => Connect($"{i}"))];
        var tracked = connections.Select(_presence.TrackAsync).ToArray();
        (await _grain.NextAttachAsync()).Complete();
        await Task.WhenAll(tracked);

        Assert.Equal(1, _grain.AttachCount);
    }

    [Fact]
    public async Task TrackAsync_GrainDoesNotRespond_TheFeedNotifiesItLater()
    {
        using var connection = Connect("a");
        var tracked = _presence.TrackAsync(connection);
        (await _grain.NextAttachAsync()).Fail();
        await tracked;

        _time.Advance(new DeliveryOptions().QuietCheckPeriod);
        _feeds.Sweep();

        Assert.Equal(["a"], (await _grain.NextAttachAsync()).ConnectionIds);
    }

    [Fact]
    public async Task Sweep_PositionCheck_ListsAllConnectionsAgain()
    {
        using var connection = Connect("a");
        var tracked = _presence.TrackAsync(connection);
        (await _grain.NextAttachAsync()).Complete();
        await tracked;

        _time.Advance(new DeliveryOptions().CheckPeriod);
        _feeds.Sweep();

        Assert.Equal(["a"], (await _grain.NextAttachAsync()).ConnectionIds);
    }

    [Fact]
    public async Task Sweep_ConnectionIsClosing_IsNotListed()
    {
        using var open = Connect("stays");
        using var closing = Connect("goes");
        var tracked = Task.WhenAll(_presence.TrackAsync(open), _presence.TrackAsync(closing));
        (await _grain.NextAttachAsync()).Complete();
        await tracked;

        closing.Close(CloseCodes.TooManyConnections);
        _time.Advance(new DeliveryOptions().CheckPeriod);
        _feeds.Sweep();

        Assert.Equal(["stays"], (await _grain.NextAttachAsync()).ConnectionIds);
    }

    [Fact]
    public async Task TrackAsync_ConnectionAlreadyEnded_IsReleasedAtOnce()
    {
        var connection = Connect("a");
        connection.Dispose();

        await _presence.TrackAsync(connection);
        _time.Advance(new DeliveryOptions().DetachAfter);
        _feeds.Sweep();

        Assert.Equal(0, _grain.AttachCount);
        Assert.Empty(_connections.UserConnectionsOf(_user));
    }

    private LiveConnection Connect(string id) =>
        _connections.Add(
            _user,
            TestContext.Current.CancellationToken,
            new UserConnection(id, ConnectionTransport.Hub, "s", _time.GetUtcNow()));
}
