namespace JubileeVerse.Queues;

/// <summary>
/// Does the jobs of one queue. At-least-once: a stopped worker that wakes may overlap with its successor,
/// so what a processor does must be idempotent by the job's id, or fenced by its lease.
/// </summary>
public interface IJobProcessor
{
    /// <summary>The queue it serves.</summary>
    string Queue { get; }

    /// <summary>
    /// Runs one attempt. An exception is a failed attempt; a cancellation of <paramref name="cancellationToken"/> is not
    /// (<see cref="JobRun.StopReason"/> says why it was asked for).
    /// </summary>
    Task<JobOutcome> RunAsync(JobRun run, CancellationToken cancellationToken);
}
