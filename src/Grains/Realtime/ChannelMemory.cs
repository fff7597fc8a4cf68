namespace JubileeVerse.Realtime;

/// <summary>
/// The last frames of a channel that is kept in memory only, and where it stands. Its epoch is new with each activation. Not thread-safe: the
/// grain's turns are its lock.
/// </summary>
internal sealed class ChannelMemory(string epoch, TimeProvider time)
{
    private readonly RecentFrames _recent = new();
    private readonly long _begin = time.GetTimestamp();

    public string Epoch => epoch;

    /// <summary>Of the last frame; 0 before the first.</summary>
    public long Offset { get; private set; }

    private TimeSpan Now => time.GetElapsedTime(_begin);

    /// <param name="make">Makes the next frame, with the epoch and its offset.</param>
    public T Add<T>(Func<string, long, T> make)
        where T : DurableFrame
    {
        var frame = make(epoch, ++Offset);
        _recent.Add(frame, Now);
        return frame;
    }

    /// <summary>What somebody who knows the position has missed, as far as it is kept; all that is when theirs is of another epoch.</summary>
    public FrameList After(string? knownEpoch, long offset) => _recent.After(knownEpoch == epoch ? offset : 0, Now);
}
