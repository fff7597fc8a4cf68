namespace JubileeVerse.Realtime;

/// <summary>About how many bytes a frame has on the way to a gateway: its text, which is all that can be long, and the rest as a flat sum.</summary>
internal static class FrameWeight
{
    private const int RestBytes = 200;
    private const int BytesPerChar = 2;

    /// <param name="frame">Null for the word that a channel has moved.</param>
    public static int Of(ChannelFrame? frame) => RestBytes + (BytesPerChar * TextLength(frame));

    private static int TextLength(ChannelFrame? frame) => frame switch
    {
        ReplyDelta delta => delta.Text.Length,
        MessagePosted posted => posted.Message.Content.Length,
        ReplyCompleted completed => completed.Message.Content.Length,
        ReplyCancelled cancelled => cancelled.Text.Length,
        ReplyFailed failed => failed.Text.Length,
        AdminNotice notice => notice.Message.Length,
        QueueJobEvent job => job.Detail?.Length ?? 0,
        _ => 0,
    };
}
