namespace JubileeVerse.Realtime;

/// <summary>This silo's way to the gateways: one outbox each.</summary>
internal interface IGatewayOutboxes
{
    /// <summary>Names this run of this silo; a gateway counts batches for each.</summary>
    string Silo { get; }

    void Open(GatewayId gateway, IGatewayObserver observer);

    /// <summary>False: there is no outbox, so the gateway has gone or has never attached.</summary>
    bool TrySend(GatewayId gateway, ChannelFrame frame);

    /// <summary>Tells the gateway, if there is a way to it, that the channel has a new owner.</summary>
    void SendMoved(GatewayId gateway, ChannelName channel);

    /// <summary>Tells every gateway but these that the channel has a new owner.</summary>
    void SendMovedToOthers(IReadOnlyCollection<GatewayId> known, ChannelName channel);
}
