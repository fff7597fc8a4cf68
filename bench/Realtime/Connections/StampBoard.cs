using JubileeVerse.Bench.Reports;

namespace JubileeVerse.Bench.Realtime.Connections;

/// <summary>Collects the latencies of received stamps over a period.</summary>
internal sealed class StampBoard
{
    private long _frames;
    private long _lastNs;

    public Latencies Times { get; } = new();

    /// <summary>Number of messages with at least one stamp.</summary>
    public long Frames => Interlocked.Read(ref _frames);

    /// <summary>When the last stamp was received.</summary>
    public long LastNs => Interlocked.Read(ref _lastNs);

    public void Take(long sentNs, long nowNs)
    {
        Times.Add(TimeSpan.FromMicroseconds((nowNs - sentNs) / 1000.0));
        Interlocked.Exchange(ref _lastNs, nowNs);
    }

    public void CountFrame() => Interlocked.Increment(ref _frames);
}
