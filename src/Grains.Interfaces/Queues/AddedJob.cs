namespace JubileeVerse.Queues;

/// <summary>What became of a job that was added.</summary>
/// <param name="Id">Its id; of the stored one for a duplicate.</param>
/// <param name="State">As it is now.</param>
/// <param name="IsDuplicate">It was there already, by its id or its key: nothing was added.</param>
/// <param name="Position">1 is next; null when it does not wait.</param>
/// <param name="EtaSeconds">From the measured service rate; null when there is none yet.</param>
[GenerateSerializer, Immutable, Alias("AddedJob")]
public sealed record AddedJob(JobId Id, JobState State, bool IsDuplicate, int? Position, int? EtaSeconds);
