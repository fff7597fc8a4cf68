namespace JubileeVerse.Realtime;

/// <summary>Where a link begins in a channel: everything up to the offset is known to its client, or was told by other means.</summary>
/// <param name="Channel">The channel.</param>
/// <param name="Epoch">Of <see cref="ChannelPosition"/>.</param>
/// <param name="Offset">Of <see cref="ChannelPosition"/>; what follows on the link has higher ones.</param>
[GenerateSerializer, Immutable, Alias("StreamPosition")]
public sealed record StreamPosition(ChannelName Channel, string Epoch, long Offset);
