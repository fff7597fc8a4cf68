namespace JubileeVerse.Bench.Cluster.Load;

/// <summary>The time since the load began, which all entries of the log use.</summary>
internal sealed class LoadClock
{
    private readonly long _start = TimeProvider.System.GetTimestamp();

    public TimeSpan Now => TimeProvider.System.GetElapsedTime(_start);
}
