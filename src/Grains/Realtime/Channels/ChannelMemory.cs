using JubileeVerse.Realtime.Frames;
using JubileeVerse.Realtime.Frames.Encoding;

namespace JubileeVerse.Realtime.Channels;

/// <summary>
/// The history and position of a channel that is kept in memory only. Its epoch is new with each activation. Not thread-safe: it belongs to
/// one grain, which is single-threaded.
/// </summary>
internal sealed class ChannelMemory(string epoch, TimeProvider time)
{
    private readonly RecentFrames _recent = new();
    private readonly long _startTimestamp = time.GetTimestamp();

    public string Epoch => epoch;

    /// <summary>The offset of the last frame; 0 before the first.</summary>
    public long Offset { get; private set; }

    private TimeSpan Now => time.GetElapsedTime(_startTimestamp);

    /// <param name="createFrame">Creates the next frame from the epoch and the frame's offset.</param>
    public T Add<T>(Func<string, long, T> createFrame)
        where T : DurableFrame
    {
        var frame = createFrame(epoch, ++Offset);
        _recent.Add(frame, Now);
        return frame;
    }

    /// <summary>The kept frames after a position; all kept frames when the position is of another epoch.</summary>
    public FrameList After(string? knownEpoch, long offset) => _recent.After(knownEpoch == epoch ? offset : 0, Now);
}
