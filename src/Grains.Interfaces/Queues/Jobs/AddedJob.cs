namespace JubileeVerse.Queues.Jobs;

/// <summary>The result of adding a job.</summary>
/// <param name="Id">The job's id; for a duplicate, the id of the stored job.</param>
/// <param name="IsDuplicate">True if a job with the same id or key existed already. Nothing was added.</param>
/// <param name="Position">Rank in the queue, 1 is next; null if the job is not waiting.</param>
/// <param name="EtaSeconds">Estimated from the measured throughput; null while there is no measurement.</param>
[GenerateSerializer, Immutable, Alias("AddedJob")]
public sealed record AddedJob(JobId Id, JobState State, bool IsDuplicate, int? Position, int? EtaSeconds);
