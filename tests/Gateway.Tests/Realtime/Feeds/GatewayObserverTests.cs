using JubileeVerse.Accounts;
using JubileeVerse.Gateway.Realtime.Connections;
using JubileeVerse.Gateway.Realtime.Feeds;
using JubileeVerse.Gateway.Realtime.Feeds.Owners;
using JubileeVerse.Gateway.Realtime.Presence;
using JubileeVerse.Gateway.Realtime.Replies;
using JubileeVerse.Gateway.Tests.Fakes;
using JubileeVerse.Realtime;
using JubileeVerse.Realtime.Frames;
using JubileeVerse.Rules;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace JubileeVerse.Gateway.Tests.Realtime.Feeds;

public sealed class GatewayObserverTests : IDisposable
{
    private readonly FakeTimeProvider _time = new();
    private readonly FakeConversationGrain _channel = new();
    private readonly LiveConnections _connections = TestConnections.New();
    private readonly GatewayObserver _observer;
    private readonly ChannelFeed _feed;

    public GatewayObserverTests()
    {
        var (grains, fakes) = FakeGrains.Create();
        fakes.Add<IChannelQueriesGrain>(new FakeHistory());
        var channels = new ChannelDirectory();
        _observer = new GatewayObserver(channels, _connections, NullLogger<GatewayObserver>.Instance);
        _feed = channels.GetOrAdd(Frames.Channel, name => new ChannelFeed(
            new ConversationChannelOwner(name, _channel),
            new ChannelHistoryClient(grains),
            new GatewayIdentity(grains, _observer, _time),
            new DeliveryOptions(),
            _time,
            NullLogger<ChannelFeed>.Instance));
    }

    public void Dispose() => _connections.Dispose();

    [Fact]
    public async Task DeliverAsync_CloseConnectionsById_ClosesOnlyThose()
    {
        var user = UserId.New(_time);
        using var named = Connect(user, "named", "s1");
        using var stays = Connect(user, "stays", "s1");
        using var other = Connect(UserId.New(_time), "named", "s1");

        await DeliverAsync(1, new CloseConnections(ChannelName.For(user), ["named"], null, CloseCodes.TooManyConnections));

        Assert.Equal((CloseCodes.TooManyConnections, null, null), (named.ClosingCode, stays.ClosingCode, other.ClosingCode));
    }

    [Fact]
    public async Task DeliverAsync_CloseConnectionsOfASession_ClosesOnlyThatSession()
    {
        var user = UserId.New(_time);
        using var one = Connect(user, "one", "s1");
        using var two = Connect(user, "two", "s2");
        using var unknown = Connect(user, "unknown", null);

        await DeliverAsync(1, new CloseConnections(ChannelName.For(user), [], "s1", CloseCodes.SessionEnded));

        Assert.Equal((CloseCodes.SessionEnded, null, null), (one.ClosingCode, two.ClosingCode, unknown.ClosingCode));
    }

    [Fact]
    public async Task DeliverAsync_CloseConnectionsOfASession_ClosesItsReplyStreamsToo()
    {
        var user = UserId.New(_time);
        using var ended = _connections.Add(user, TestContext.Current.CancellationToken, session: "s1");
        using var other = _connections.Add(user, TestContext.Current.CancellationToken, session: "s2");

        await DeliverAsync(1, new CloseConnections(ChannelName.For(user), [], "s1", CloseCodes.SessionEnded));

        Assert.Equal((CloseCodes.SessionEnded, null), (ended.ClosingCode, other.ClosingCode));
        Assert.Empty(_connections.UserConnectionsOf(user));
    }

    [Fact]
    public async Task DeliverAsync_CloseAllConnections_ClosesReplyStreamsToo()
    {
        var user = UserId.New(_time);
        using var connection = Connect(user, "link", "s1");
        using var stream = _connections.Add(user, TestContext.Current.CancellationToken);

        await DeliverAsync(1, new CloseConnections(ChannelName.For(user), [], null, CloseCodes.Kicked));

        Assert.Equal((CloseCodes.Kicked, CloseCodes.Kicked), (connection.ClosingCode, stream.ClosingCode));
    }

    [Fact]
    public async Task DeliverAsync_DuplicateBatch_IsAppliedOnce()
    {
        await AttachAsync();
        await DeliverAsync(1, Frames.Delta(7, 0, "Hello"));
        var subscriber = new FakeFeedSubscriber();
        using var subscription = _feed.TrySubscribe(subscriber);
        await DeliverAsync(1, Frames.Delta(7, 0, "Hello"));

        Assert.Equal(0, subscriber.Pulses);
        Assert.Equal(1, _channel.AttachCount);
    }

    [Fact]
    public async Task DeliverAsync_SameSequenceOfALaterOutbox_IsAppliedAndAttachesAgain()
    {
        await AttachAsync();
        await DeliverAsync(1, Frames.Delta(7, 0, "Hello"));
        await DeliverAsync(1, Frames.Delta(8, 0, "Again"), outbox: 2);

        Assert.Equal(8, _feed.Find(Frames.Id)!.Run);
        await _channel.NextAttachAsync();
    }

    [Fact]
    public async Task DeliverAsync_SameFrameOfALaterOutbox_IsNotADuplicate()
    {
        await AttachAsync();
        await DeliverAsync(1, Frames.Delta(7, 0, "Hello"));
        await DeliverAsync(1, Frames.Delta(7, 0, "Hello"), outbox: 2);

        await _channel.NextAttachAsync();
    }

    [Fact]
    public async Task DeliverAsync_LateBatchOfAnEarlierOutbox_IsIgnored()
    {
        await AttachAsync();
        await DeliverAsync(1, Frames.Delta(7, 0, "Hello"));
        await DeliverAsync(1, Frames.Delta(7, 5, "!"), outbox: 2);
        (await _channel.NextAttachAsync()).Complete(replies: Frames.Snapshot(7, "Hello!"));
        _time.Advance(TimeSpan.FromSeconds(1));
        await DeliverAsync(2, Frames.Delta(9, 0, "Late"));

        Assert.Equal(7, _feed.Find(Frames.Id)!.Run);
        Assert.Equal(2, _channel.AttachCount);
    }

    [Fact]
    public async Task DeliverAsync_MovedChannel_AttachesAgain()
    {
        await AttachAsync();
        await _observer.DeliverAsync(new GatewayBatch("silo-2", 1, 1, false, [new ChannelName("conversation:x")], []));
        Assert.Equal(1, _channel.AttachCount);

        await _observer.DeliverAsync(new GatewayBatch("silo-2", 1, 2, false, [Frames.Channel], []));
        await _channel.NextAttachAsync();
    }

    [Fact]
    public async Task DeliverAsync_BatchesOfTwoSilos_HaveSeparateSequences()
    {
        await AttachAsync();
        await DeliverAsync(1, Frames.Delta(7, 0, "Hel"));
        await _observer.DeliverAsync(new GatewayBatch("silo-2", 1, 1, false, [], [Frames.Delta(7, 3, "lo")]));

        Assert.Equal(1, _channel.AttachCount);
        Assert.Equal("Hello", Frames.Data(_feed.Find(Frames.Id)!.Read(new ReplyReader(null)).Events[0]).GetProperty("text").GetString());
    }

    [Theory]
    [InlineData(3, false)]
    [InlineData(1, true)]
    public async Task DeliverAsync_SequenceNotConsecutive_AttachesAgain(long next, bool isNewOutbox)
    {
        await AttachAsync();
        await DeliverAsync(1, Frames.Queued());
        if (isNewOutbox)
            await DeliverAsync(2, Frames.Queued());
        await DeliverAsync(next, Frames.Queued(), outbox: isNewOutbox ? 2 : 1);

        await _channel.NextAttachAsync();
    }

    [Fact]
    public async Task DeliverAsync_FramesDropped_AttachesAgain()
    {
        await AttachAsync();
        await _observer.DeliverAsync(new GatewayBatch("silo-1", 1, 1, true, [], []));

        await _channel.NextAttachAsync();
    }

    [Fact]
    public Task DeliverAsync_ChannelWithoutSubscribers_IsIgnored() =>
        _observer.DeliverAsync(
            new GatewayBatch("silo-1", 1, 1, false, [], [new ReplyStarted(new ChannelName("conversation:x"), Frames.Id, 1, 1)]));

    private LiveConnection Connect(UserId user, string id, string? session) => _connections.Add(
        user, TestContext.Current.CancellationToken, new UserConnection(id, ConnectionTransport.Hub, session, _time.GetUtcNow()));

    private Task DeliverAsync(long sequence, ChannelFrame frame, long outbox = 1) =>
        _observer.DeliverAsync(new GatewayBatch("silo-1", outbox, sequence, false, [], [frame]));

    private async Task AttachAsync()
    {
        var ready = _feed.EnsureAttachedAsync();
        (await _channel.NextAttachAsync()).Complete();
        await ready;
        _time.Advance(TimeSpan.FromSeconds(1));
    }
}
