using JubileeVerse.Realtime;

namespace JubileeVerse.Gateway.Realtime;

/// <summary>One frame of a <see cref="ChannelRing"/>.</summary>
/// <param name="Frame">What is told.</param>
/// <param name="Position">Where whoever has been told it stands; null where that does not change.</param>
/// <param name="BytesBefore">Of all frames that came before it, since the ring began.</param>
/// <param name="At">When it came, as a timestamp.</param>
internal readonly record struct RingEntry(SharedFrame Frame, ChannelPosition? Position, long BytesBefore, long At);
