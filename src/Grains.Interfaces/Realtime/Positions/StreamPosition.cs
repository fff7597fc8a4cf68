namespace JubileeVerse.Realtime.Positions;

/// <summary>
/// The position at which a connection begins in a channel. The client knows all frames up to the offset, or received them by other means.
/// </summary>
/// <param name="Epoch">The epoch, as in <see cref="ChannelPosition"/>.</param>
/// <param name="Offset">The offset, as in <see cref="ChannelPosition"/>; later frames of the connection have higher offsets.</param>
[GenerateSerializer, Immutable, Alias("StreamPosition")]
public sealed record StreamPosition(ChannelName Channel, string Epoch, long Offset);
