namespace JubileeVerse.Bench.Cluster.Load;

/// <summary>Time since the load began; everything that is logged is on this scale.</summary>
internal sealed class LoadClock
{
    private readonly long _start = TimeProvider.System.GetTimestamp();

    public TimeSpan Now => TimeProvider.System.GetElapsedTime(_start);
}
