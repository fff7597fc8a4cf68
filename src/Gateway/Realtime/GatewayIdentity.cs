using JubileeVerse.Realtime;

namespace JubileeVerse.Gateway.Realtime;

/// <summary>This run of this gateway, as silos know it: an id, a reference to send to, and generation numbers.</summary>
internal sealed class GatewayIdentity
{
    /// <summary>Orleans holds observers weakly: this field keeps ours alive.</summary>
    private readonly GatewayObserver _observer;

    private readonly Lazy<IGatewayObserver> _reference;
    private long _generation;

    public GatewayIdentity(IGrainFactory grains, GatewayObserver observer, TimeProvider time)
    {
        _observer = observer;
        // A reference can be made once the cluster client runs, which is so when the first subscriber comes.
        _reference = new Lazy<IGatewayObserver>(
            () => grains.CreateObjectReference<IGatewayObserver>(_observer), LazyThreadSafetyMode.PublicationOnly);
        Id = GatewayId.New(time);
    }

    public GatewayId Id { get; }

    /// <summary>Raised for all channels together, so it rises for each, also after its feed was dropped and made again.</summary>
    public long NextGeneration() => Interlocked.Increment(ref _generation);

    /// <summary>Where silos send to. Throws while the cluster client has not started.</summary>
    public IGatewayObserver Reference => _reference.Value;

    public GatewaySubscription Subscription() => new(Id, NextGeneration(), Reference);
}
