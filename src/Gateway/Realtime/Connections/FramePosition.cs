using JubileeVerse.Gateway.Realtime.Replies;
using JubileeVerse.Realtime;
using JubileeVerse.Realtime.Positions;
using JubileeVerse.Replies;

namespace JubileeVerse.Gateway.Realtime.Connections;

/// <summary>
/// The client's position in one channel after it has received a frame. A null value leaves that part of the position unchanged.
/// </summary>
/// <param name="Position">The position in the channel.</param>
/// <param name="Reply">The reply that the frame belongs to.</param>
/// <param name="Text">The position in that reply's text, or its end.</param>
internal readonly record struct FramePosition(
    ChannelName Channel, ChannelPosition? Position, ReplyId? Reply = null, ReplyCursor? Text = null);
