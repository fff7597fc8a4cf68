using JubileeVerse.Gateway.Realtime.Feeds;

namespace JubileeVerse.Gateway.Realtime.Connections;

/// <summary>
/// The frames of one write to a connection. Its size is bounded, so that a connection that is far behind shares the pump with the others.
/// </summary>
internal sealed class FrameBurst
{
    /// <summary>
    /// Large enough to catch up fast, and small enough to be kept for a connection that stalls. The frame that exceeds the limit is still
    /// included.
    /// </summary>
    public const int MaxBytes = 64 * 1024;

    private readonly List<ConnectionFrame> _frames = [];

    public IReadOnlyList<ConnectionFrame> Frames => _frames;

    /// <summary>The size of the frames' JSON.</summary>
    public int Bytes { get; private set; }

    /// <summary>True when no more frames may be added; the rest is sent with the connection's next write.</summary>
    public bool IsFull => Bytes >= MaxBytes;

    public void Add(SharedFrame frame, FramePosition? position)
    {
        _frames.Add(new ConnectionFrame(frame, position));
        Bytes += frame.Json.Length;
    }

    public void Clear()
    {
        _frames.Clear();
        Bytes = 0;
    }
}
