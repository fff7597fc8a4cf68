namespace JubileeVerse.Queues;

/// <summary>What a processor says of an attempt that did not throw.</summary>
public sealed record JobOutcome(JobOutcomeKind Kind, string? Detail = null, TimeSpan? Delay = null)
{
    public static JobOutcome Completed { get; } = new(JobOutcomeKind.Completed);

    public static JobOutcome Cancelled { get; } = new(JobOutcomeKind.Cancelled);

    /// <summary>Delayed with no attempt spent.</summary>
    public static JobOutcome Snooze(TimeSpan delay) => new(JobOutcomeKind.Snoozed, Delay: delay);

    /// <summary>The provider limits us: no attempt spent, the job keeps its place, the queue holds.</summary>
    public static JobOutcome ProviderLimited(TimeSpan delay) => new(JobOutcomeKind.ProviderLimited, Delay: delay);

    /// <summary>Another attempt cannot help.</summary>
    public static JobOutcome FailedForGood(string detail) => new(JobOutcomeKind.FailedForGood, detail);

    public static JobOutcome Failed(string detail) => new(JobOutcomeKind.Failed, detail);
}
