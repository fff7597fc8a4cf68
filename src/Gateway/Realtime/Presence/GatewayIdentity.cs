using JubileeVerse.Gateway.Realtime.Feeds;
using JubileeVerse.Realtime;

namespace JubileeVerse.Gateway.Realtime.Presence;

/// <summary>The identity of this run of the gateway towards silos: an id, an observer reference, and generation numbers.</summary>
internal sealed class GatewayIdentity
{
    /// <summary>Keeps the observer alive, because Orleans holds only a weak reference to it.</summary>
    private readonly GatewayObserver _observer;

    private readonly Lazy<IGatewayObserver> _reference;
    private long _generation;

    public GatewayIdentity(IGrainFactory grains, GatewayObserver observer, TimeProvider time)
    {
        _observer = observer;
        // The reference is created lazily, because it requires a running cluster client; that runs before the first subscriber arrives.
        _reference = new Lazy<IGatewayObserver>(
            () => grains.CreateObjectReference<IGatewayObserver>(_observer), LazyThreadSafetyMode.PublicationOnly);
        Id = GatewayId.New(time);
    }

    public GatewayId Id { get; }

    /// <summary>
    /// One counter serves all channels, so that a channel's generation also rises when its feed is closed and created again.
    /// </summary>
    public long NextGeneration() => Interlocked.Increment(ref _generation);

    /// <summary>The reference that silos deliver to. Throws while the cluster client has not started.</summary>
    public IGatewayObserver Reference => _reference.Value;

    public GatewaySubscription CreateSubscription() => new(Id, NextGeneration(), Reference);
}
