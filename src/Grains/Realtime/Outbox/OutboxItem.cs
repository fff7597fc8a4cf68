using JubileeVerse.Realtime.Frames;

namespace JubileeVerse.Realtime.Outbox;

/// <summary>An outbox entry: a frame, or the notification that a channel has moved.</summary>
/// <param name="Frame">Null when the channel has moved to another activation.</param>
internal readonly record struct OutboxItem(ChannelName Channel, ChannelFrame? Frame);
