namespace JubileeVerse.Realtime;

/// <summary>
/// A channel's subscribed gateways, hosted by the grain that owns the channel. Gateways only, never connections:
/// what a gateway does with a frame is its own matter.
/// </summary>
internal sealed class Channel(IGatewayOutboxes outboxes)
{
    private readonly Dictionary<GatewayId, long> _gateways = [];

    /// <summary>From now on the gateway gets every frame. An older generation than the known one came late and changes nothing.</summary>
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

    /// <summary>Hands the frame to each gateway's outbox. Never waits; a gateway whose outbox is gone has died or attaches again.</summary>
    public void Publish(ChannelFrame frame)
    {
        List<GatewayId>? gone = null;
        foreach (var gateway in _gateways.Keys)
        {
            if (!outboxes.TrySend(gateway, frame))
                (gone ??= []).Add(gateway);
        }

        gone?.ForEach(gateway => _gateways.Remove(gateway));
    }
}
