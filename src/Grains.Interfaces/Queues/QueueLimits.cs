namespace JubileeVerse.Queues;

/// <summary>The limits of a queue.</summary>
/// <param name="ConcurrencyPerSilo">Maximum number of concurrent jobs on each silo.</param>
/// <param name="StartsPerSecond">Maximum starts in any window of one second, over the cluster.</param>
[GenerateSerializer, Immutable, Alias("QueueLimits")]
public sealed record QueueLimits(int ConcurrencyPerSilo, int StartsPerSecond)
{
    /// <summary>Maximum number of concurrent jobs over the cluster; null if only the silos' slots limit them.</summary>
    [Id(0)]
    public int? Concurrency { get; init; }
}
