namespace JubileeVerse.Queues.Jobs;

/// <summary>The outcome of a run. An unknown value is treated as <see cref="Failed"/>.</summary>
[GenerateSerializer, Alias("JobOutcomeKind")]
public enum JobOutcomeKind
{
    /// <summary>The attempt failed. The job is retried while attempts remain.</summary>
    Failed = 0,

    Completed = 1,

    /// <summary>The job failed permanently; it is not retried.</summary>
    FailedForGood = 2,

    /// <summary>The job is delayed without counting an attempt.</summary>
    Snoozed = 3,

    /// <summary>The provider limits the rate: the job keeps its sort key, and the queue starts nothing until the delay is over.</summary>
    ProviderLimited = 4,

    Cancelled = 5,

    /// <summary>A stopping worker returned the unfinished job: it is ready again with its sort key, without counting an attempt.</summary>
    HandedBack = 6,
}
