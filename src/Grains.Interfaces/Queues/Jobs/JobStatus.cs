namespace JubileeVerse.Queues.Jobs;

/// <summary>The status of a job in its queue.</summary>
/// <param name="Position">Rank in the queue, 1 is next; null if the job is not waiting.</param>
/// <param name="EtaSeconds">Estimated from the measured throughput; null while there is no measurement.</param>
[GenerateSerializer, Immutable, Alias("JobStanding")]
public sealed record JobStatus(JobId Id, JobState State, int? Position, int? EtaSeconds);
