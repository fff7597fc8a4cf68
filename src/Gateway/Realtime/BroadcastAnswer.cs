namespace JubileeVerse.Gateway.Realtime;

/// <param name="Gateways">That it was sent to; 0 where nobody listens.</param>
/// <param name="Connections">Links at all gateways that hear what is told to everyone.</param>
internal sealed record BroadcastAnswer(int Gateways, int Connections);
