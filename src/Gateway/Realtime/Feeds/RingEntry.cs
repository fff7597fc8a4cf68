using JubileeVerse.Realtime.Positions;

namespace JubileeVerse.Gateway.Realtime.Feeds;

/// <summary>One frame of a <see cref="ChannelRing"/>.</summary>
/// <param name="Position">The reader's position after the frame; null when the frame does not change it.</param>
/// <param name="BytesBefore">The bytes of all earlier frames since the ring was created.</param>
/// <param name="ReceivedAt">The <see cref="TimeProvider"/> timestamp at which the frame arrived.</param>
internal readonly record struct RingEntry(SharedFrame Frame, ChannelPosition? Position, long BytesBefore, long ReceivedAt);
