using System.Collections.Immutable;
using JubileeVerse.Accounts;
using JubileeVerse.Realtime;
using JubileeVerse.Realtime.Frames;
using JubileeVerse.Testing.Clusters;

namespace JubileeVerse.Grains.Tests.Realtime;

/// <summary>A gateway of a test cluster that attaches as a real one does, each time with a higher generation.</summary>
internal sealed class TestGateway
{
    private readonly JubileeCluster _cluster;
    private readonly GatewaySubscription _subscription;
    private long _generation;

    public TestGateway(JubileeCluster cluster)
    {
        _cluster = cluster;
        _subscription = new(GatewayId.New(cluster.Clock), 0, cluster.Grains.CreateObjectReference<IGatewayObserver>(Received));
    }

    public RecordingGateway Received { get; } = new();

    public GatewayId Id => _subscription.Gateway;

    public IEnumerable<CloseConnections> CloseFrames => Received.Frames.OfType<CloseConnections>();

    public IEnumerable<AdminNotice> Notices => Received.Frames.OfType<AdminNotice>();

    /// <summary>Starts the heartbeats of this gateway.</summary>
    public Task StartHeartbeatsAsync() => _cluster.RegisterAsync(_subscription, TestContext.Current.CancellationToken);

    /// <summary>Stops the heartbeats of this gateway, as if its process was killed.</summary>
    public void StopHeartbeats() => _cluster.StopHeartbeats(_subscription);

    public Task<ChannelAttachment> AttachAsync(UserId user, params ImmutableArray<UserConnection> connections) =>
        UserGrain(user).AttachAsync(Next(), connections);

    public Task DetachAsync(UserId user) => UserGrain(user).DetachAsync(Id, Next().Generation);

    public Task<ChannelAttachment> AttachAsync(
        ChannelName channel, string? epoch = null, long offset = 0, params ImmutableArray<UserId> users) =>
        _cluster.Grains.GetGrain<IChannelGrain>(channel.Value).AttachAsync(Next(), epoch, offset, users);

    public Task DetachAsync(ChannelName channel) =>
        _cluster.Grains.GetGrain<IChannelGrain>(channel.Value).DetachAsync(Id, Next().Generation);

    private IUserConnectionGrain UserGrain(UserId user) => _cluster.Grains.GetGrain<IUserConnectionGrain>(user.Value);

    private GatewaySubscription Next() => _subscription with { Generation = ++_generation };
}
