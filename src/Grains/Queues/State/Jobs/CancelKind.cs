namespace JubileeVerse.Queues.State.Jobs;

/// <summary>The outcome of a cancellation.</summary>
internal enum CancelKind
{
    /// <summary>No open job has the id.</summary>
    NotFound,

    /// <summary>The job was not running and has ended.</summary>
    Ended,

    /// <summary>
    /// The job runs. <see cref="CancelResult.Worker"/> gets the stop request in the result of its next poll, and the end of the run ends
    /// the job. The change stores the request and has no event.
    /// </summary>
    StopRequested,
}
