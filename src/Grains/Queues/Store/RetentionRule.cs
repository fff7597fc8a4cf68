using System.Collections.Immutable;

namespace JubileeVerse.Queues.Store;

/// <summary>How many ended jobs of a state are kept, and for how long.</summary>
/// <param name="State">Completed, failed or cancelled.</param>
/// <param name="MaxCount">A job goes when so many of its queue and state have ended after it.</param>
/// <param name="MaxAge">A job goes so long after its end; null: the age is not looked at.</param>
/// <param name="IsOwn">For the jobs that brought a rule of this count with them; else for those that brought none.</param>
internal sealed record RetentionRule(JobState State, int MaxCount, TimeSpan? MaxAge, bool IsOwn = false)
{
    /// <summary>By the count alone: the ages of such jobs are looked at one by one.</summary>
    public static RetentionRule OwnCount(JobState state, int count) => new(state, count, MaxAge: null, IsOwn: true);

    /// <summary>Completed: the last 1,000 and at most a day; failed: the last 5,000 and at most a week; cancelled as completed.</summary>
    public static ImmutableArray<RetentionRule> Defaults { get; } =
    [
        new(JobState.Completed, 1000, TimeSpan.FromDays(1)),
        new(JobState.Cancelled, 1000, TimeSpan.FromDays(1)),
        new(JobState.Failed, 5000, TimeSpan.FromDays(7)),
    ];
}

/// <summary>A place among ended jobs: everything at it and before it, in the order of end and id.</summary>
internal readonly record struct RetentionBound(long EndedAt, string Id);
