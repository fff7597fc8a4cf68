namespace JubileeVerse.Queues;

/// <summary>Where a job stands in its queue.</summary>
/// <param name="Id">The job.</param>
/// <param name="State">Its state now.</param>
/// <param name="Position">1 is next; null when it does not wait.</param>
/// <param name="EtaSeconds">From the measured service rate; null when there is none yet.</param>
[GenerateSerializer, Immutable, Alias("JobStanding")]
public sealed record JobStanding(JobId Id, JobState State, int? Position, int? EtaSeconds);
