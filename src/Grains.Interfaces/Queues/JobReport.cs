namespace JubileeVerse.Queues;

/// <summary>How a run ended.</summary>
/// <param name="Id">The job.</param>
/// <param name="Lease">The run's lease: a lost one is ignored.</param>
/// <param name="Outcome">What the processor said.</param>
/// <param name="Detail">The failure's message or the result, at most 4 KB; null where there is none.</param>
/// <param name="Delay">For a snooze or a provider's limit: how long.</param>
[GenerateSerializer, Immutable, Alias("JobReport")]
public sealed record JobReport(JobId Id, JobLease Lease, JobOutcomeKind Outcome, string? Detail = null, TimeSpan? Delay = null);

/// <summary>What a processor can say of a run. An unknown value is treated as <see cref="Failed"/>.</summary>
[GenerateSerializer, Alias("JobOutcomeKind")]
public enum JobOutcomeKind
{
    /// <summary>An attempt failed: tried again while attempts remain.</summary>
    Failed = 0,

    Completed = 1,

    /// <summary>Failed, and another attempt cannot help.</summary>
    FailedForGood = 2,

    /// <summary>Not now: delayed with no attempt spent.</summary>
    Snoozed = 3,

    /// <summary>The provider limits us: the job keeps its place, the queue holds.</summary>
    ProviderLimited = 4,

    Cancelled = 5,

    /// <summary>Not finished, by a worker that stops: ready again in its place, no attempt spent.</summary>
    HandedBack = 6,
}
