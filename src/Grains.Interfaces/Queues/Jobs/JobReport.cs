namespace JubileeVerse.Queues.Jobs;

/// <summary>The result of a run.</summary>
/// <param name="Lease">The run's lease. A report with a lost lease is ignored.</param>
/// <param name="Outcome">The outcome that the processor returned.</param>
/// <param name="Detail">The failure's message or the result, at most 4 KB; null if there is none.</param>
/// <param name="Delay">Delay of a snoozed job or of a provider's rate limit.</param>
[GenerateSerializer, Immutable, Alias("JobReport")]
public sealed record JobReport(JobId Id, JobLease Lease, JobOutcomeKind Outcome, string? Detail = null, TimeSpan? Delay = null);
