namespace JubileeVerse.Gateway.Realtime;

/// <param name="Gateways">That it was sent to; 0 where nobody listens.</param>
internal sealed record GatewaysAnswer(int Gateways);
