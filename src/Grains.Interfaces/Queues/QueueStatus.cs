using System.Collections.Immutable;

namespace JubileeVerse.Queues;

/// <summary>A queue as operators see it.</summary>
/// <param name="Name">The queue.</param>
/// <param name="Paused">Nothing starts.</param>
/// <param name="Waiting">Every ready job of every priority.</param>
/// <param name="Active">Running.</param>
/// <param name="Delayed">Ready later.</param>
/// <param name="Completed">Kept rows of completed jobs.</param>
/// <param name="Failed">Kept rows of failed jobs.</param>
/// <param name="Cancelled">Kept rows of cancelled jobs.</param>
/// <param name="WaitingByPriority">Priority to count; priorities without jobs are left out.</param>
/// <param name="OldestWaitingSeconds">Age of the oldest ready job; null when none waits.</param>
/// <param name="StartedPerSecond">Over the last minute.</param>
/// <param name="Limits">What is in force.</param>
[GenerateSerializer, Immutable, Alias("QueueStatus")]
public sealed record QueueStatus(
    string Name,
    bool Paused,
    int Waiting,
    int Active,
    int Delayed,
    long Completed,
    long Failed,
    long Cancelled,
    ImmutableDictionary<int, int> WaitingByPriority,
    double? OldestWaitingSeconds,
    double StartedPerSecond,
    QueueLimits Limits)
{
    /// <summary>Jobs that wait for their children.</summary>
    [Id(0)]
    public int Blocked { get; init; }
}

/// <summary>How much a queue may do.</summary>
/// <param name="ConcurrencyPerSilo">Slots of each silo.</param>
/// <param name="StartsPerSecond">In any window of one second, over the cluster.</param>
[GenerateSerializer, Immutable, Alias("QueueLimits")]
public sealed record QueueLimits(int ConcurrencyPerSilo, int StartsPerSecond)
{
    /// <summary>Jobs that may run at once over the cluster; null: only the silos' slots bound them.</summary>
    [Id(0)]
    public int? Concurrency { get; init; }
}
