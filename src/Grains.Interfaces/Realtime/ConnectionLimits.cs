namespace JubileeVerse.Realtime;

/// <summary>The limits of a connection.</summary>
/// <param name="FrameBytes">Maximum size of a frame that the client may send.</param>
/// <param name="CommandsPerSecond">Maximum rate of commands. More are refused, and the connection is eventually closed.</param>
/// <param name="Channels">Maximum number of concurrent subscriptions.</param>
/// <param name="LinksPerUser">Maximum number of connections of one user over all gateways. One more closes the oldest.</param>
[GenerateSerializer, Immutable, Alias("LinkLimits")]
public sealed record ConnectionLimits(int FrameBytes, int CommandsPerSecond, int Channels, int LinksPerUser);
