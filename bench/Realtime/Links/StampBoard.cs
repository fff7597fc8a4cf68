using JubileeVerse.Bench.Reports;

namespace JubileeVerse.Bench.Realtime.Links;

/// <summary>Where links write down how long what they were sent took, over a time.</summary>
internal sealed class StampBoard
{
    private long _frames;
    private long _lastNs;

    public Latencies Times { get; } = new();

    /// <summary>Messages of the socket that brought at least one stamp.</summary>
    public long Frames => Interlocked.Read(ref _frames);

    /// <summary>When the last of them came.</summary>
    public long LastNs => Interlocked.Read(ref _lastNs);

    public void Take(long sentNs, long nowNs)
    {
        Times.Add(TimeSpan.FromMicroseconds((nowNs - sentNs) / 1000.0));
        Interlocked.Exchange(ref _lastNs, nowNs);
    }

    public void CountFrame() => Interlocked.Increment(ref _frames);
}
