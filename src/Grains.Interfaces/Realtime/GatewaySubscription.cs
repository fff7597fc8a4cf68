namespace JubileeVerse.Realtime;

/// <summary>A gateway that wants a channel's frames.</summary>
/// <param name="Gateway">Which run of which gateway.</param>
/// <param name="Generation">Raised by the gateway with each attach and detach of the channel: an older one that arrives late is ignored.</param>
/// <param name="Observer">Where to send.</param>
[GenerateSerializer, Immutable, Alias("GatewaySubscription")]
public sealed record GatewaySubscription(GatewayId Gateway, long Generation, IGatewayObserver Observer);
