using JubileeVerse.Realtime.Frames;
using JubileeVerse.Realtime.Positions;

namespace JubileeVerse.Realtime.Channels;

/// <summary>
/// Estimates the serialized size of a frame: the length of its text, which is the only part that can be long, plus a constant for the rest.
/// </summary>
internal static class FrameSize
{
    private const int OverheadBytes = 200;
    private const int BytesPerChar = 2;

    /// <param name="frame">Null for the notification that a channel has moved.</param>
    public static int Estimate(ChannelFrame? frame) => OverheadBytes + (BytesPerChar * TextLength(frame));

    private static int TextLength(ChannelFrame? frame) => frame switch
    {
        ReplyDelta delta => delta.Text.Length,
        MessagePosted posted => posted.Message.Content.Length,
        ReplyCompleted completed => completed.Message.Content.Length,
        ReplyCancelled cancelled => cancelled.Text.Length,
        ReplyFailed failed => failed.Text.Length,
        AdminNotice notice => notice.Message.Length,
        QueueJobEvent job => job.Detail?.Length ?? 0,
        ReplySnapshot => 0, // It is part of an attachment and never waits in an outbox.
        ReplyQueued or ReplyStarted or ReplyRetrying or ConversationChanged or ReadMarked or PresenceChanged or CloseConnections => 0,
        QueueEvent or QueueBegin or Gap or Unsubscribed or null => 0,
        _ => 0, // A type of a later version. A test holds that every type of this version has a case.
    };
}
