using JubileeVerse.Realtime.Frames;
using JubileeVerse.Realtime.Frames.Encoding;

namespace JubileeVerse.Realtime.Channels;

/// <summary>
/// The last frames of a channel whose history is in memory only, for clients that were disconnected briefly. They are bounded by number,
/// age and size, because a new gateway receives all of them in one message. Not thread-safe: it belongs to one grain, which is
/// single-threaded.
/// </summary>
internal sealed class RecentFrames
{
    public const int MaxFrames = 1000;

    /// <summary>
    /// The maximum total size as estimated by <see cref="FrameSize"/>: as much as a gateway keeps, and far below the maximum size of an
    /// Orleans message.
    /// </summary>
    public const int MaxBytes = 1024 * 1024;

    public static readonly TimeSpan MaxAge = TimeSpan.FromMinutes(5);

    private readonly Queue<(DurableFrame Frame, TimeSpan At)> _frames = new();
    private int _bytes;

    /// <param name="frame">The frame with the next offset.</param>
    /// <param name="now">The time elapsed since a fixed instant, which must be the same for all calls.</param>
    public void Add(DurableFrame frame, TimeSpan now)
    {
        _frames.Enqueue((frame, now));
        _bytes += FrameSize.Estimate(frame);
        RemoveExpired(now);
    }

    /// <summary>The kept frames after the offset.</summary>
    public FrameList After(long offset, TimeSpan now)
    {
        RemoveExpired(now);
        return [.. _frames.Select(entry => entry.Frame).Where(frame => frame.Offset > offset)];
    }

    public void Clear()
    {
        _frames.Clear();
        _bytes = 0;
    }

    private void RemoveExpired(TimeSpan now)
    {
        while (_frames.TryPeek(out var oldest) && (_frames.Count > MaxFrames || _bytes > MaxBytes || now - oldest.At > MaxAge))
            _bytes -= FrameSize.Estimate(_frames.Dequeue().Frame);
    }
}
