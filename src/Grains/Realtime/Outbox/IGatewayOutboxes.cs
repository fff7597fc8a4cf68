using JubileeVerse.Realtime.Frames;

namespace JubileeVerse.Realtime.Outbox;

/// <summary>The silo's outboxes, one per gateway.</summary>
internal interface IGatewayOutboxes
{
    /// <summary>Identifies this run of this silo; a gateway tracks batch numbers per run.</summary>
    string Silo { get; }

    void Open(GatewayId gateway, IGatewayObserver observer);

    /// <summary>Returns false when there is no outbox, because the gateway is unreachable or has never attached.</summary>
    bool TrySend(GatewayId gateway, ChannelFrame frame);

    /// <summary>Notifies the gateway, if it has an outbox, that the channel has a new activation.</summary>
    void SendMoved(GatewayId gateway, ChannelName channel);

    /// <summary>Notifies every gateway except <paramref name="attached"/> that the channel has a new activation.</summary>
    void SendMovedToOthers(IReadOnlyCollection<GatewayId> attached, ChannelName channel);
}
