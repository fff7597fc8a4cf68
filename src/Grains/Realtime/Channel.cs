namespace JubileeVerse.Realtime;

/// <summary>
/// A channel's subscribed gateways, hosted by the grain that owns the channel. Gateways only, never connections:
/// what a gateway does with a frame is its own matter.
/// </summary>
/// <remarks>
/// An activation begins without subscribers, though gateways may follow the channel as they did at its former owner: those would
/// wait for frames that go elsewhere. So the first thing that an activation says is told to all gateways: here it is now.
/// </remarks>
internal sealed class Channel(IGatewayOutboxes outboxes)
{
    private readonly Dictionary<GatewayId, long> _gateways = [];
    private bool _isAnnounced;

    /// <summary>Those that are attached.</summary>
    public IReadOnlyCollection<GatewayId> Gateways => _gateways.Keys;

    /// <summary>No gateway wants to hear anything.</summary>
    public bool IsEmpty => _gateways.Count == 0;

    /// <summary>The channel is new: nobody can follow it elsewhere.</summary>
    public void Begin() => _isAnnounced = true;

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

    /// <summary>The gateway has died.</summary>
    public void Lose(GatewayId gateway) => _gateways.Remove(gateway);

    /// <summary>Tells the gateways that are not attached that the channel is here, once in this activation's life.</summary>
    public void Announce(ChannelName channel)
    {
        if (_isAnnounced)
            return;
        _isAnnounced = true;
        outboxes.SendMovedToOthers(_gateways.Keys, channel);
    }

    /// <summary>The owner goes: whoever is attached attaches again, to wherever the channel will be.</summary>
    public void Leave(ChannelName channel)
    {
        foreach (var gateway in _gateways.Keys)
            outboxes.SendMoved(gateway, channel);
    }

    /// <summary>Hands the frame to each gateway's outbox. Never waits; a gateway whose outbox is gone has died or attaches again.</summary>
    public void Publish(ChannelFrame frame)
    {
        Announce(frame.Channel);
        Tell(frame);
    }

    /// <summary>The same for what is of no use to gateways that attach later: those that have not heard of this activation need not be told of it.</summary>
    public void Tell(ChannelFrame frame)
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
