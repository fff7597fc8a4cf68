namespace JubileeVerse.Realtime;

/// <summary>The subscription of a gateway to a channel.</summary>
/// <param name="Gateway">The run of the gateway.</param>
/// <param name="Generation">
/// Incremented by the gateway with each attach and detach of the channel. An older generation that arrives late is ignored.
/// </param>
/// <param name="Observer">Receives the frames.</param>
[GenerateSerializer, Immutable, Alias("GatewaySubscription")]
public sealed record GatewaySubscription(GatewayId Gateway, long Generation, IGatewayObserver Observer);
