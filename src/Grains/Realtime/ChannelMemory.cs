namespace JubileeVerse.Realtime;

/// <summary>
/// The last frames of a channel that is kept in memory only, and where it stands. Its epoch is new with each activation. Not thread-safe: the
/// grain's turns are its lock.
/// </summary>
internal sealed class ChannelMemory(string epoch, TimeProvider time)
{
    public const int MaxFrames = 1000;
    public static readonly TimeSpan MaxAge = TimeSpan.FromMinutes(5);

    private readonly Queue<(DurableFrame Frame, long At)> _kept = new();

    public string Epoch => epoch;

    /// <summary>Of the last frame; 0 before the first.</summary>
    public long Offset { get; private set; }

    /// <param name="make">Makes the next frame, with the epoch and its offset.</param>
    public T Add<T>(Func<string, long, T> make)
        where T : DurableFrame
    {
        var frame = make(epoch, ++Offset);
        _kept.Enqueue((frame, time.GetTimestamp()));
        Forget();
        return frame;
    }

    /// <summary>What somebody who knows the position has missed, as far as it is kept; all that is when theirs is of another epoch.</summary>
    public FrameList After(string? knownEpoch, long offset)
    {
        Forget();
        return [.. _kept.Select(kept => kept.Frame).Where(frame => knownEpoch != epoch || frame.Offset > offset)];
    }

    private void Forget()
    {
        while (_kept.TryPeek(out var oldest) && (_kept.Count > MaxFrames || time.GetElapsedTime(oldest.At) > MaxAge))
            _kept.Dequeue();
    }
}
