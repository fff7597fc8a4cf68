using System.Collections.Immutable;
using JubileeVerse.Queues.Jobs;

namespace JubileeVerse.Queues.Store.Rows;

/// <summary>How many ended jobs of a state are kept, and for how long.</summary>
/// <param name="State">Completed, failed or cancelled.</param>
/// <param name="MaxCount">A job is deleted when this many jobs of its queue and state have ended after it.</param>
/// <param name="MaxAge">A job is deleted this long after its end; null for no limit of age.</param>
/// <param name="IsOwn">True: the rule is for jobs with their own rule of this count. False: for jobs without their own rule.</param>
internal sealed record RetentionRule(JobState State, int MaxCount, TimeSpan? MaxAge, bool IsOwn = false)
{
    /// <summary>A rule by count alone, because the ages of such jobs are checked per job.</summary>
    public static RetentionRule OwnCount(JobState state, int count) => new(state, count, MaxAge: null, IsOwn: true);

    /// <summary>Completed: the last 1,000 and at most a day; failed: the last 5,000 and at most a week; cancelled as completed.</summary>
    public static ImmutableArray<RetentionRule> Defaults { get; } =
    [
        new(JobState.Completed, 1000, TimeSpan.FromDays(1)),
        new(JobState.Cancelled, 1000, TimeSpan.FromDays(1)),
        new(JobState.Failed, 5000, TimeSpan.FromDays(7)),
    ];
}
