namespace JubileeVerse.Gateway.Realtime.Admin;

/// <param name="Gateways">The number of gateways that the notice was sent to; 0 when no gateway follows the channel.</param>
/// <param name="Connections">The hub and event connections of all gateways: each of them follows the announcements.</param>
internal sealed record BroadcastResponse(int Gateways, int Connections);
