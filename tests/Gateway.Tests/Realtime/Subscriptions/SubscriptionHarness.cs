using JubileeVerse.Accounts;
using JubileeVerse.Conversations;
using JubileeVerse.Gateway.Realtime.Connections;
using JubileeVerse.Gateway.Realtime.Feeds;
using JubileeVerse.Gateway.Realtime.Feeds.Owners;
using JubileeVerse.Gateway.Realtime.Presence;
using JubileeVerse.Gateway.Realtime.Replies;
using JubileeVerse.Gateway.Realtime.Subscriptions;
using JubileeVerse.Gateway.Tests.Fakes;
using JubileeVerse.Gateway.Tests.Realtime.Feeds;
using JubileeVerse.Realtime;
using JubileeVerse.Realtime.Frames;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace JubileeVerse.Gateway.Tests.Realtime.Subscriptions;

/// <summary>The subscriptions of one connection; the test acts as the owner of every conversation.</summary>
public abstract class SubscriptionHarness : IDisposable
{
    /// <summary>The limit of these tests; it is small so that a test can reach it.</summary>
    private protected const int MaxChannels = 2;

    protected SubscriptionHarness()
    {
        var (grains, fakes) = FakeGrains.Create();
        fakes.Add<IConversationGrain>(Owner);
        fakes.Add<IChannelQueriesGrain>(History);
        fakes.Add(FakeConversationQueries.Create(Foreign));
        var observer = new GatewayObserver(Channels, TestConnections.New(), NullLogger<GatewayObserver>.Instance);
        var gateway = new GatewayIdentity(grains, observer, Time);
        var history = new ChannelHistoryClient(grains);
        Feeds = new ChannelFeeds(
            Channels,
            gateway,
            new ChannelOwnerFactory(grains, TestConnections.New()),
            history,
            Time,
            Options.Create(new DeliveryOptions()),
            NullLoggerFactory.Instance);
        Factory = new ConnectionSubscriptionsFactory(
            Feeds, history, new ChannelAccess(grains), NullLogger<ConnectionSubscriptions>.Instance);
        Subscriptions = CreateSubscriptions(Listener);
    }

    private protected ConnectionSubscriptionsFactory Factory { get; }

    private protected UserId Person => UserId.New(Time);

    private protected FakeTimeProvider Time { get; } = new();

    private protected FakeConversationGrain Owner { get; } = new();

    private protected FakeHistory History { get; } = new();

    private protected ChannelDirectory Channels { get; } = new();

    private protected ChannelFeeds Feeds { get; }

    private protected FakeFeedSubscriber Listener { get; } = new();

    private protected IConnectionSubscriptions Subscriptions { get; }

    /// <summary>A conversation of another user.</summary>
    private protected ConversationId Foreign { get; } = ConversationId.New(TimeProvider.System);

    private protected ChannelFeed Feed => Channels.Find(Frames.Channel)!;

    protected static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        Subscriptions.Dispose();
        GC.SuppressFinalize(this);
    }

    private protected IConnectionSubscriptions CreateSubscriptions(IFeedSubscriber listener) =>
        Factory.Create(Person, listener, MaxChannels);

    /// <summary>Subscribes; the owner attaches the gateway if this is the first subscription of the channel.</summary>
    private protected async Task<SubscribeResult> SubscribeAsync(SubscribeRequest request, long offset = 0, params ReplySnapshot[] replies)
    {
        var isNew = Channels.Find(request.Channel) is null;
        var subscribing = Subscriptions.SubscribeAsync(request, Token);
        if (isNew)
            (await Owner.NextAttachAsync()).Complete(offset, replies: replies);
        return await subscribing;
    }

    private protected Task<SubscribeResult> SubscribeAsync(long offset = 0, params ReplySnapshot[] replies) =>
        SubscribeAsync(new SubscribeRequest(Frames.Channel), offset, replies);

    private protected SubscribeRequest From(long offset, string epoch = "e", params ResumeReply[] replies) =>
        new(Frames.Channel, epoch, offset, [.. replies]);

    /// <summary>The frames of one burst in short form.</summary>
    private protected string[] Read() => Read(Subscriptions);

    private protected static string[] Read(IConnectionSubscriptions subscriptions)
    {
        var burst = new FrameBurst();
        subscriptions.Read(burst);
        return [.. burst.Frames.Select(item => Format(item.Frame))];
    }

    private protected static string Format(SharedFrame shared) => shared.Frame switch
    {
        ReplyDelta delta => $"{delta.Run}@{delta.TextOffset}:{delta.Text}",
        ReplySnapshot snapshot => $"{snapshot.Run}={snapshot.Text}",
        Gap gap => $"gap {gap.From}-{gap.To} {gap.Reason}",
        Unsubscribed unsubscribed => $"unsubscribed {unsubscribed.Code}",
        DurableFrame durable => $"{durable.Type} {durable.Offset}",
        var other => other.Type,
    };

    private protected static ReadMarked Marked(long offset, string epoch = "e") => new(Frames.Channel, epoch, offset, default, offset);
}
