using JubileeVerse.Accounts;
using JubileeVerse.Gateway.Realtime;
using JubileeVerse.Gateway.Tests.Fakes;
using JubileeVerse.Realtime;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace JubileeVerse.Gateway.Tests.Realtime;

/// <summary>
/// A true channel, a gateway that follows it over a way that loses, doubles and delays what it carries, and clients of that gateway that read
/// now and then, are cut, and come back with what they have.
/// </summary>
internal sealed class DeliveryStory
{
    private const int Clients = 3;

    private readonly FakeTimeProvider _time = new();
    private readonly List<ChannelFrame> _late = [];
    private readonly LinkSubscriptionsFactory _factory;
    private readonly ChannelFeeds _feeds;
    private readonly ChannelFeed _feed;
    private readonly UserId _user;
    private readonly ILinkSubscriptions[] _links = new ILinkSubscriptions[Clients];
    private readonly RebuiltChannel[] _clients;

    public DeliveryStory(TrueChannel truth)
    {
        Truth = truth;
        var (grains, fakes) = FakeGrains.Create();
        fakes.Add<IChannelQueries>(truth);
        var channels = new ChannelDirectory();
        var gateway = new GatewayIdentity(grains, new GatewayObserver(channels, TestConnections.New(), NullLogger<GatewayObserver>.Instance), _time);
        var past = new ChannelPast(grains);
        var options = new DeliveryOptions();
        _feed = channels.GetOrAdd(
            truth.Channel, _ => new ChannelFeed(truth, past, gateway, options, _time, NullLogger<ChannelFeed>.Instance));
        _feeds = new ChannelFeeds(
            channels, gateway, new ChannelOwners(grains, TestConnections.New()), past, _time, Options.Create(options), NullLoggerFactory.Instance);
        _factory = new LinkSubscriptionsFactory(_feeds, past, new ChannelAccess(grains), NullLogger<LinkSubscriptions>.Instance);
        _user = UserId.New(_time);
        _clients = [.. Enumerable.Range(0, Clients).Select(_ => new RebuiltChannel(truth.Channel))];
    }

    public TrueChannel Truth { get; }

    public IReadOnlyList<RebuiltChannel> Rebuilt => _clients;

    public async Task RunAsync(IEnumerable<DeliveryStep> steps)
    {
        for (var client = 0; client < Clients; client++)
            await ComeBackAsync(client);
        foreach (var step in steps)
            await RunAsync(step);
        await EndAsync();
    }

    private async Task RunAsync(DeliveryStep step)
    {
        switch (step.Kind)
        {
            case < 14:
                foreach (var frame in Truth.Do(step.A % 10, step.B))
                    Carry(frame, step.C % 8);
                break;
            case < 17:
                Read(step.A % Clients);
                break;
            case 17:
                await ComeBackAsync(step.A % Clients);
                break;
            case 18:
                _feed.LoseFrames(TrueChannel.Silo);
                break;
            default:
                _time.Advance(TimeSpan.FromMilliseconds(step.A * 20));
                _feeds.Sweep();
                break;
        }
    }

    /// <summary>One frame in eight is lost, one comes twice, and one after the next.</summary>
    private void Carry(ChannelFrame frame, int fate)
    {
        if (fate != 0)
        {
            if (fate == 1)
                _late.Add(frame);
            else
                _feed.Apply(frame);
        }

        if (fate == 2)
            _feed.Apply(frame);
        if (fate > 3)
            CarryLate();
    }

    private void CarryLate()
    {
        foreach (var frame in _late)
            _feed.Apply(frame);
        _late.Clear();
    }

    private void Read(int client)
    {
        var burst = new FrameBurst();
        _links[client].Read(burst);
        _clients[client].Take(burst);
    }

    private async Task ComeBackAsync(int client)
    {
        _links[client]?.Dispose();
        var link = _links[client] = _factory.For(_user, new FakeListener(), maxChannels: 1);
        _clients[client].Take(await link.SubscribeAsync(_clients[client].Request(), TestContext.Current.CancellationToken));
    }

    /// <summary>Nothing is said any more, and the position is checked once: then everybody knows everything.</summary>
    private async Task EndAsync()
    {
        CarryLate();
        await _feed.CheckAnewAsync();
        for (var seconds = 0; seconds < 5; seconds++)
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            _feeds.Sweep();
            await _feed.ReadyAsync();
        }

        for (var client = 0; client < Clients; client++)
            Read(client);
    }
}
