using System.Collections.Immutable;

namespace JubileeVerse.Queues;

/// <summary>What a run says of itself while it runs.</summary>
/// <param name="Id">The job.</param>
/// <param name="Lease">The run's lease: a lost one is ignored.</param>
/// <param name="Progress">Null: as it was.</param>
/// <param name="Lines">New ones.</param>
[GenerateSerializer, Immutable, Alias("JobNote")]
public sealed record JobNote(JobId Id, JobLease Lease, string? Progress, ImmutableArray<string> Lines)
{
    public const int MaxLines = 100;
    public const int MaxLength = 200;
}
