namespace JubileeVerse.Realtime;

/// <summary>What waits for a gateway: a frame, or the word that a channel has a new owner.</summary>
/// <param name="Channel">Which channel.</param>
/// <param name="Frame">Null: the channel has moved.</param>
internal readonly record struct OutboxItem(ChannelName Channel, ChannelFrame? Frame);
