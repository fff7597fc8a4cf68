namespace JubileeVerse.Realtime;

/// <summary>What a link may do.</summary>
/// <param name="FrameBytes">The largest frame that it may send.</param>
/// <param name="CommandsPerSecond">More are refused, and in the end the link is closed.</param>
/// <param name="Channels">Subscriptions at a time.</param>
/// <param name="LinksPerUser">Links of one person, over all gateways; one more closes the oldest.</param>
[GenerateSerializer, Immutable, Alias("LinkLimits")]
public sealed record LinkLimits(int FrameBytes, int CommandsPerSecond, int Channels, int LinksPerUser);
