using System.Collections.Immutable;

namespace JubileeVerse.Queues;

/// <summary>A queue as shown to operators.</summary>
/// <param name="Paused">True if no job is started.</param>
/// <param name="Waiting">Ready jobs of all priorities.</param>
/// <param name="Active">Running.</param>
/// <param name="Delayed">Ready later.</param>
/// <param name="Completed">Retained rows of completed jobs.</param>
/// <param name="Failed">Retained rows of failed jobs.</param>
/// <param name="Cancelled">Retained rows of cancelled jobs.</param>
/// <param name="WaitingByPriority">Number of waiting jobs by priority; priorities without jobs are omitted.</param>
/// <param name="OldestWaitingSeconds">Age of the oldest ready job; null if no job is waiting.</param>
/// <param name="StartedPerSecond">Average over the last minute.</param>
/// <param name="Limits">The limits in effect.</param>
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
