using JubileeVerse.Accounts;
using JubileeVerse.Gateway.Realtime.Connections;
using JubileeVerse.Gateway.Realtime.Feeds;
using JubileeVerse.Gateway.Realtime.Feeds.Owners;
using JubileeVerse.Gateway.Realtime.Presence;
using JubileeVerse.Gateway.Realtime.Subscriptions;
using JubileeVerse.Gateway.Tests.Fakes;
using JubileeVerse.Realtime;
using JubileeVerse.Realtime.Frames;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace JubileeVerse.Gateway.Tests.Realtime.Subscriptions;

/// <summary>
/// A reference channel, a gateway that follows it over a connection that loses, duplicates and delays frames, and clients of that gateway,
/// which read now and then, are disconnected, and subscribe again with the position they have.
/// </summary>
internal sealed class DeliveryScenario
{
    private const int ClientCount = 3;

    private readonly FakeTimeProvider _time = new();
    private readonly List<ChannelFrame> _delayed = [];
    private readonly ConnectionSubscriptionsFactory _factory;
    private readonly ChannelFeeds _feeds;
    private readonly ChannelFeed _feed;
    private readonly UserId _user;
    private readonly IConnectionSubscriptions[] _subscriptions = new IConnectionSubscriptions[ClientCount];
    private readonly ClientModel[] _clients;

    public DeliveryScenario(ReferenceChannel reference)
    {
        Reference = reference;
        var (grains, fakes) = FakeGrains.Create();
        fakes.Add<IChannelQueriesGrain>(reference);
        var channels = new ChannelDirectory();
        var observer = new GatewayObserver(channels, TestConnections.New(), NullLogger<GatewayObserver>.Instance);
        var gateway = new GatewayIdentity(grains, observer, _time);
        var history = new ChannelHistoryClient(grains);
        var options = new DeliveryOptions();
        _feed = channels.GetOrAdd(
            reference.Channel, _ => new ChannelFeed(reference, history, gateway, options, _time, NullLogger<ChannelFeed>.Instance));
        _feeds = new ChannelFeeds(
            channels,
            gateway,
            new ChannelOwnerFactory(grains, TestConnections.New()),
            history,
            _time,
            Options.Create(options),
            NullLoggerFactory.Instance);
        _factory = new ConnectionSubscriptionsFactory(
            _feeds, history, new ChannelAccess(grains), NullLogger<ConnectionSubscriptions>.Instance);
        _user = UserId.New(_time);
        _clients = [.. Enumerable.Range(0, ClientCount).Select(_ => new ClientModel(reference.Channel))];
    }

    public ReferenceChannel Reference { get; }

    public IReadOnlyList<ClientModel> RebuiltClients => _clients;

    public async Task RunAsync(IEnumerable<DeliveryStep> steps)
    {
        for (var client = 0; client < ClientCount; client++)
            await ResubscribeAsync(client);
        foreach (var step in steps)
            await RunAsync(step);
        await SettleAsync();
    }

    private async Task RunAsync(DeliveryStep step)
    {
        switch (step.Kind)
        {
            case < 14:
                foreach (var frame in Reference.Execute(step.A % 10, step.B))
                    Deliver(frame, step.C % 8);
                break;
            case < 17:
                Read(step.A % ClientCount);
                break;
            case 17:
                await ResubscribeAsync(step.A % ClientCount);
                break;
            case 18:
                _feed.OnFramesLost(ReferenceChannel.Silo);
                break;
            default:
                _time.Advance(TimeSpan.FromMilliseconds(step.A * 20));
                _feeds.Sweep();
                break;
        }
    }

    /// <summary>Of eight frames one is lost, one arrives twice, and one arrives after the next.</summary>
    private void Deliver(ChannelFrame frame, int fate)
    {
        if (fate != 0)
        {
            if (fate == 1)
                _delayed.Add(frame);
            else
                _feed.Apply(frame);
        }

        if (fate == 2)
            _feed.Apply(frame);
        if (fate > 3)
            DeliverDelayed();
    }

    private void DeliverDelayed()
    {
        foreach (var frame in _delayed)
            _feed.Apply(frame);
        _delayed.Clear();
    }

    private void Read(int client)
    {
        var burst = new FrameBurst();
        _subscriptions[client].Read(burst);
        _clients[client].Receive(burst);
    }

    private async Task ResubscribeAsync(int client)
    {
        _subscriptions[client]?.Dispose();
        var subscriptions = _subscriptions[client] = _factory.Create(_user, new FakeFeedSubscriber(), maxChannels: 1);
        _clients[client].Receive(await subscriptions.SubscribeAsync(_clients[client].Request(), TestContext.Current.CancellationToken));
    }

    /// <summary>No more frames are published and the position is checked once; then every client has the whole state.</summary>
    private async Task SettleAsync()
    {
        DeliverDelayed();
        await _feed.RestartAttachAsync();
        for (var seconds = 0; seconds < 5; seconds++)
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            _feeds.Sweep();
            await _feed.EnsureAttachedAsync();
        }

        for (var client = 0; client < ClientCount; client++)
            Read(client);
    }
}
