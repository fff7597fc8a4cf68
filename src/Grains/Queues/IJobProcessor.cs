namespace JubileeVerse.Queues;

/// <summary>
/// Runs the jobs of the queue with which it is registered (<see cref="QueueServices.AddQueue{TProcessor}"/>). Delivery is at-least-once: a
/// worker that was paused and resumes may overlap with its successor, so every effect of a processor must be idempotent by the job's id or
/// fenced by its lease.
/// </summary>
public interface IJobProcessor
{
    /// <summary>
    /// Runs one attempt. An exception counts as a failed attempt. A cancellation of <paramref name="cancellationToken"/> does not;
    /// <see cref="JobRun.StopReason"/> contains the reason for it.
    /// </summary>
    Task<JobOutcome> RunAsync(JobRun run, CancellationToken cancellationToken);
}
