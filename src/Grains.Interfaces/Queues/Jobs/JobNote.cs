using System.Collections.Immutable;

namespace JubileeVerse.Queues.Jobs;

/// <summary>Progress and log lines of a running job.</summary>
/// <param name="Lease">The run's lease. A note with a lost lease is ignored.</param>
/// <param name="Progress">Null to keep the current progress.</param>
/// <param name="Lines">New log lines, each at most <see cref="MaxLength"/> characters.</param>
[GenerateSerializer, Immutable, Alias("JobNote")]
public sealed record JobNote(JobId Id, JobLease Lease, string? Progress, ImmutableArray<string> Lines)
{
    public const int MaxLines = 100;
    public const int MaxLength = 200;
}
