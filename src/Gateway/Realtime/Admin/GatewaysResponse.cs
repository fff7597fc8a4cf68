namespace JubileeVerse.Gateway.Realtime.Admin;

/// <param name="Gateways">The number of gateways that the notice was sent to; 0 when no gateway follows the channel.</param>
internal sealed record GatewaysResponse(int Gateways);
