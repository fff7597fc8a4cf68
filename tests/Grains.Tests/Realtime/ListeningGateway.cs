using System.Collections.Immutable;
using JubileeVerse.Accounts;
using JubileeVerse.Realtime;
using JubileeVerse.Testing.Clusters;

namespace JubileeVerse.Grains.Tests.Realtime;

/// <summary>A gateway of a test cluster, which attaches as a real one does: each time with a higher generation.</summary>
internal sealed class ListeningGateway
{
    private readonly JubileeCluster _cluster;
    private readonly GatewaySubscription _subscription;
    private long _generation;

    public ListeningGateway(JubileeCluster cluster)
    {
        _cluster = cluster;
        _subscription = new(GatewayId.New(cluster.Clock), 0, cluster.Grains.CreateObjectReference<IGatewayObserver>(Heard));
    }

    public RecordingGateway Heard { get; } = new();

    public GatewayId Id => _subscription.Gateway;

    public IEnumerable<CloseLinks> Closings => Heard.Frames.OfType<CloseLinks>();

    public IEnumerable<AdminNotice> Notices => Heard.Frames.OfType<AdminNotice>();

    /// <summary>Its heartbeats begin.</summary>
    public Task BeginAsync() => _cluster.RegisterAsync(_subscription, TestContext.Current.CancellationToken);

    /// <summary>Its heartbeats end, as those of one that was killed.</summary>
    public void Die() => _cluster.Silence(_subscription);

    public Task<ChannelAttachment> AttachAsync(UserId user, params ImmutableArray<UserLink> links) =>
        UserOf(user).AttachAsync(Next(), links);

    public Task DetachAsync(UserId user) => UserOf(user).DetachAsync(Id, Next().Generation);

    public Task<ChannelAttachment> AttachAsync(ChannelName channel, string? epoch = null, long offset = 0, params ImmutableArray<UserId> users) =>
        _cluster.Grains.GetGrain<IChannelGrain>(channel.Value).AttachAsync(Next(), epoch, offset, users);

    public Task DetachAsync(ChannelName channel) =>
        _cluster.Grains.GetGrain<IChannelGrain>(channel.Value).DetachAsync(Id, Next().Generation);

    private IUserConnectionGrain UserOf(UserId user) => _cluster.Grains.GetGrain<IUserConnectionGrain>(user.Value);

    private GatewaySubscription Next() => _subscription with { Generation = ++_generation };
}
