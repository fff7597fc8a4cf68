using System.Collections.Immutable;

namespace JubileeVerse.Queues.State.Jobs;

/// <summary>The counts of a queue's open jobs. Ended jobs are counted in the table.</summary>
internal sealed record QueueCounts(
    bool Paused,
    int Waiting,
    int Active,
    int Delayed,
    int Blocked,
    ImmutableDictionary<int, int> WaitingByPriority,
    double? OldestWaitingSeconds,
    double StartedPerSecond,
    double EndedPerSecond);
