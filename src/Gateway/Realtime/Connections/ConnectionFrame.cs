using JubileeVerse.Gateway.Realtime.Feeds;

namespace JubileeVerse.Gateway.Realtime.Connections;

/// <summary>A frame to be sent to one connection.</summary>
/// <param name="Frame">Shared by all connections that the frame is sent to.</param>
/// <param name="Position">The client's position after the frame; null when the frame does not change it.</param>
internal readonly record struct ConnectionFrame(SharedFrame Frame, FramePosition? Position);
