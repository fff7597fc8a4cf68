using JubileeVerse.Realtime;
using JubileeVerse.Replies;

namespace JubileeVerse.Gateway.Realtime;

/// <summary>Where a link's client stands in one channel once it has a frame. What is null stays as it was.</summary>
/// <param name="Channel">Which.</param>
/// <param name="Position">In the channel.</param>
/// <param name="Reply">The reply that the frame is about.</param>
/// <param name="Text">In that reply's text; its end when that was told.</param>
internal readonly record struct FramePlace(ChannelName Channel, ChannelPosition? Position, ReplyId? Reply = null, ReplyCursor? Text = null);
