namespace JubileeVerse.Queues.State;

/// <summary>
/// What the store must write of a job, whole: a change that waits to be written can be left out when a later one of the same job comes.
/// </summary>
/// <param name="Id">The job.</param>
/// <param name="Event">What happened; null when only its place was found or changed.</param>
/// <param name="State">Its state now.</param>
/// <param name="AttemptsMade">Runs that ended in completion or failure.</param>
/// <param name="StartedCount">Runs.</param>
/// <param name="StalledCount">Runs that lost their worker.</param>
/// <param name="Place">Its place, also while it runs or is delayed.</param>
/// <param name="ReadyAt">Unix milliseconds; null unless delayed.</param>
/// <param name="LeaseRun"><see cref="JobLease.Run"/> of the latest run, kept after it has ended; null before the first.</param>
/// <param name="LeaseWorker">Null unless active.</param>
/// <param name="Failure">Of this event; null leaves the row's as it is.</param>
/// <param name="Result">Of this event; null leaves the row's as it is.</param>
/// <param name="StartedAt">Of the run that this event began or ended; null leaves the row's as it is.</param>
/// <param name="EndedAt">Null while it is open, also again after a retry by hand.</param>
internal readonly record struct JobChange(
    JobId Id,
    JobEvent? Event,
    JobState State,
    int AttemptsMade,
    int StartedCount,
    int StalledCount,
    long Place,
    long? ReadyAt,
    long? LeaseRun,
    string? LeaseWorker,
    string? Failure,
    string? Result,
    long? StartedAt,
    long? EndedAt)
{
    /// <summary>As it was accepted, or as an operator has changed it since.</summary>
    public required int Priority { get; init; }

    /// <summary>For whoever hears of it; it never changes.</summary>
    public CompactId OrderKey { get; init; }

    /// <summary>What was asked of its run, or of the one that ended with this.</summary>
    public StopRequest Stop { get; init; }

    /// <summary>
    /// False for an end that whoever waits for the job cannot know of: the row stays untold until they have been told.
    /// A completion was told by the run itself.
    /// </summary>
    public bool Told => State is not (JobState.Failed or JobState.Cancelled);
}
