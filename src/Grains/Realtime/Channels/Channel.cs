using JubileeVerse.Realtime.Frames;
using JubileeVerse.Realtime.Outbox;

namespace JubileeVerse.Realtime.Channels;

/// <summary>
/// The gateways that are attached to a channel, hosted by the grain that owns the channel. The grain knows gateways only and never a
/// client's connections, because delivering a frame to connections is the gateway's job.
/// </summary>
/// <remarks>
/// An activation starts without attached gateways, although gateways may still follow the channel at its previous activation and would wait
/// for frames that are now published elsewhere. The first publication of an activation therefore sends "moved" to all other known gateways.
/// </remarks>
internal sealed class Channel(IGatewayOutboxes outboxes)
{
    private readonly Dictionary<GatewayId, long> _gateways = [];
    private bool _isAnnounced;

    /// <summary>The attached gateways.</summary>
    public IReadOnlyCollection<GatewayId> Gateways => _gateways.Keys;

    /// <summary>No gateway is attached.</summary>
    public bool IsEmpty => _gateways.Count == 0;

    /// <summary>Skips the announcement, because the channel is new and no gateway can follow a previous activation.</summary>
    public void SkipAnnouncement() => _isAnnounced = true;

    /// <summary>Sends every frame to this gateway from now on. A generation older than the known one arrived late and is ignored.</summary>
    public void Attach(GatewaySubscription gateway)
    {
        if (_gateways.TryGetValue(gateway.Gateway, out var known) && gateway.Generation < known)
            return;
        _gateways[gateway.Gateway] = gateway.Generation;
        outboxes.Open(gateway.Gateway, gateway.Observer);
    }

    public void Detach(GatewayId gateway, long generation)
    {
        if (_gateways.TryGetValue(gateway, out var known) && generation >= known)
            _gateways.Remove(gateway);
    }

    /// <summary>Removes a gateway that is unreachable, whatever its generation.</summary>
    public void Remove(GatewayId gateway) => _gateways.Remove(gateway);

    /// <summary>Sends "moved" to the gateways that are not attached, once per activation.</summary>
    public void Announce(ChannelName channel)
    {
        if (_isAnnounced)
            return;
        _isAnnounced = true;
        outboxes.SendMovedToOthers(_gateways.Keys, channel);
    }

    /// <summary>Sends "moved" to the attached gateways when the grain is deactivated, so that they attach to its next activation.</summary>
    public void SendMoved(ChannelName channel)
    {
        foreach (var gateway in _gateways.Keys)
            outboxes.SendMoved(gateway, channel);
    }

    /// <summary>
    /// Enqueues the frame in each attached gateway's outbox without waiting. A gateway without an outbox is removed: it is unreachable, or
    /// it attaches again.
    /// </summary>
    public void Publish(ChannelFrame frame)
    {
        Announce(frame.Channel);
        PublishToAttached(frame);
    }

    /// <summary>
    /// Publishes without announcing the activation first, for frames that are of no use to a gateway that attaches later.
    /// </summary>
    public void PublishToAttached(ChannelFrame frame)
    {
        List<GatewayId>? unreachable = null;
        foreach (var gateway in _gateways.Keys)
        {
            if (!outboxes.TrySend(gateway, frame))
                (unreachable ??= []).Add(gateway);
        }

        unreachable?.ForEach(gateway => _gateways.Remove(gateway));
    }
}
