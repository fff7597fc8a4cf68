using JubileeVerse.Accounts;
using JubileeVerse.Conversations;
using JubileeVerse.Gateway.Realtime;
using JubileeVerse.Gateway.Tests.Fakes;
using JubileeVerse.Realtime;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace JubileeVerse.Gateway.Tests.Realtime;

/// <summary>The subscriptions of one link; the owner of every conversation is the test.</summary>
public abstract class SubscriptionHarness : IDisposable
{
    /// <summary>In these tests; small, so that it is reached.</summary>
    private protected const int MaxChannels = 2;

    protected SubscriptionHarness()
    {
        var (grains, fakes) = FakeGrains.Create();
        fakes.Add<IConversationGrain>(Owner);
        fakes.Add<IChannelQueries>(History);
        fakes.Add(FakeConversations.Create(Foreign));
        var gateway = new GatewayIdentity(grains, new GatewayObserver(Channels, TestConnections.New(), NullLogger<GatewayObserver>.Instance), Time);
        var past = new ChannelPast(grains);
        Feeds = new ChannelFeeds(
            Channels, gateway, new ChannelOwners(grains, TestConnections.New()), past, Time, Options.Create(new DeliveryOptions()), NullLoggerFactory.Instance);
        Factory = new LinkSubscriptionsFactory(Feeds, past, new ChannelAccess(grains), NullLogger<LinkSubscriptions>.Instance);
        Subscriptions = Make(Listener);
    }

    private protected LinkSubscriptionsFactory Factory { get; }

    private protected UserId Person => UserId.New(Time);

    private protected FakeTimeProvider Time { get; } = new();

    private protected FakeChannel Owner { get; } = new();

    private protected FakeHistory History { get; } = new();

    private protected ChannelDirectory Channels { get; } = new();

    private protected ChannelFeeds Feeds { get; }

    private protected FakeListener Listener { get; } = new();

    private protected ILinkSubscriptions Subscriptions { get; }

    /// <summary>A conversation of somebody else.</summary>
    private protected ConversationId Foreign { get; } = ConversationId.New(TimeProvider.System);

    private protected ChannelFeed Feed => Channels.Find(Frames.Channel)!;

    protected static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        Subscriptions.Dispose();
        GC.SuppressFinalize(this);
    }

    private protected ILinkSubscriptions Make(IFeedListener listener) => Factory.For(Person, listener, MaxChannels);

    /// <summary>Subscribes; the owner says how the channel stands if it is asked for the first time.</summary>
    private protected async Task<SubscribeAnswer> SubscribeAsync(SubscribeRequest request, long offset = 0, params ReplySnapshot[] replies)
    {
        var isNew = Channels.Find(request.Channel) is null;
        var answer = Subscriptions.SubscribeAsync(request, Token);
        if (isNew)
            (await Owner.NextAttachAsync()).Answer(offset, replies: replies);
        return await answer;
    }

    private protected Task<SubscribeAnswer> SubscribeAsync(long offset = 0, params ReplySnapshot[] replies) =>
        SubscribeAsync(new SubscribeRequest(Frames.Channel), offset, replies);

    private protected SubscribeRequest From(long offset, string epoch = "e", params ResumeReply[] replies) => new(Frames.Channel, epoch, offset, [.. replies]);

    /// <summary>What the link is sent in one turn, in few words.</summary>
    private protected string[] Read() => Read(Subscriptions);

    private protected static string[] Read(ILinkSubscriptions subscriptions)
    {
        var burst = new FrameBurst();
        subscriptions.Read(burst);
        return [.. burst.Frames.Select(item => Say(item.Frame))];
    }

    private protected static string Say(SharedFrame shared) => shared.Frame switch
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
