namespace JubileeVerse.Queues.Jobs;

/// <summary>The result of a run.</summary>
/// <param name="Lease">The run's lease. A report with a lost lease is ignored.</param>
/// <param name="Outcome">The outcome that the processor returned.</param>
/// <param name="Detail">The failure's message or the result, at most 4 KB; null if there is none.</param>
/// <param name="Delay">Delay of a snoozed job or of a provider's rate limit.</param>
[GenerateSerializer, Immutable, Alias("JobReport")]
public sealed record JobReport(JobId Id, JobLease Lease, JobOutcomeKind Outcome, string? Detail = null, TimeSpan? Delay = null);

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
