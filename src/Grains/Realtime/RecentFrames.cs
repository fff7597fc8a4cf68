namespace JubileeVerse.Realtime;

/// <summary>
/// The last frames of a channel whose history is in memory only, for whoever was away for a moment: bounded by number, age and size, as all that
/// is kept goes to a new gateway in one message. Not thread-safe: the grain's turns are its lock.
/// </summary>
internal sealed class RecentFrames
{
    public const int MaxFrames = 1000;

    /// <summary>As <see cref="FrameWeight"/> counts them: as much as a gateway keeps, and far less than a message between processes may have.</summary>
    public const int MaxBytes = 1024 * 1024;

    public static readonly TimeSpan MaxAge = TimeSpan.FromMinutes(5);

    private readonly Queue<(DurableFrame Frame, TimeSpan At)> _kept = new();
    private int _bytes;

    /// <param name="frame">Follows those before it.</param>
    /// <param name="now">Since any moment, the same for all calls.</param>
    public void Add(DurableFrame frame, TimeSpan now)
    {
        _kept.Enqueue((frame, now));
        _bytes += FrameWeight.Of(frame);
        Forget(now);
    }

    /// <summary>Those behind the offset that are still kept.</summary>
    public FrameList After(long offset, TimeSpan now)
    {
        Forget(now);
        return [.. _kept.Select(kept => kept.Frame).Where(frame => frame.Offset > offset)];
    }

    public void Clear()
    {
        _kept.Clear();
        _bytes = 0;
    }

    private void Forget(TimeSpan now)
    {
        while (_kept.TryPeek(out var oldest) && (_kept.Count > MaxFrames || _bytes > MaxBytes || now - oldest.At > MaxAge))
            _bytes -= FrameWeight.Of(_kept.Dequeue().Frame);
    }
}
