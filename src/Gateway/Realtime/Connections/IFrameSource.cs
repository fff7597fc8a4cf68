namespace JubileeVerse.Gateway.Realtime.Connections;

/// <summary>
/// Where a connection's frames come from. It holds cursors and no queue of frames. A read does not run concurrently with another read.
/// Disposing it ends all of its subscriptions.
/// </summary>
internal interface IFrameSource : IDisposable
{
    /// <summary>True while a followed reply is running; a drain closes such a connection last.</summary>
    bool HasRunningReply { get; }

    /// <summary>
    /// True when the owner of a followed reply has been unreachable for so long that the client should reconnect to another gateway.
    /// </summary>
    bool IsOwnerUnreachable => false;

    /// <summary>True once a read has added the last frame. The connection then ends without a closing frame.</summary>
    bool HasEnded => false;

    /// <summary>
    /// The bytes that the connection has not been sent yet, as far as the feeds hold them. A connection that is too far behind is slow.
    /// </summary>
    long UnreadBytes { get; }

    /// <summary>Adds new frames until the burst is full, and moves the cursors forward.</summary>
    void Read(FrameBurst burst);
}
