using JubileeVerse.Queues.Jobs;

namespace JubileeVerse.Queues;

/// <summary>The result of an attempt that did not throw.</summary>
public sealed record JobOutcome(JobOutcomeKind Kind, string? Detail = null, TimeSpan? Delay = null)
{
    public static JobOutcome Completed { get; } = new(JobOutcomeKind.Completed);

    public static JobOutcome Cancelled { get; } = new(JobOutcomeKind.Cancelled);

    /// <summary>The job is delayed and the attempt is not counted.</summary>
    public static JobOutcome Snooze(TimeSpan delay) => new(JobOutcomeKind.Snoozed, Delay: delay);

    /// <summary>
    /// The provider limits requests: the attempt is not counted, the job keeps its sort key, and the queue starts nothing for the delay.
    /// </summary>
    public static JobOutcome ProviderLimited(TimeSpan delay) => new(JobOutcomeKind.ProviderLimited, Delay: delay);

    /// <summary>The job fails without further attempts, because another attempt cannot succeed.</summary>
    public static JobOutcome FailedForGood(string detail) => new(JobOutcomeKind.FailedForGood, detail);

    public static JobOutcome Failed(string detail) => new(JobOutcomeKind.Failed, detail);
}
