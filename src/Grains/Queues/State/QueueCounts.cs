using System.Collections.Immutable;

namespace JubileeVerse.Queues.State;

/// <summary>A queue's open jobs in numbers; what has ended is counted in the table.</summary>
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
