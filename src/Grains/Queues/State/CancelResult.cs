namespace JubileeVerse.Queues.State;

/// <summary>What a cancellation did.</summary>
internal enum CancelKind
{
    /// <summary>No open job has the id.</summary>
    NotFound,

    /// <summary>It was not running and has ended.</summary>
    Ended,

    /// <summary>It runs: <see cref="CancelResult.Worker"/> is told in its next poll's answer, and the run's end ends the job. The change stores
    /// the request: it has no event.</summary>
    StopRequested,
}

internal readonly record struct CancelResult(CancelKind Kind, JobChange? Change = null, string? Worker = null);
