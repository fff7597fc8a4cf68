using JubileeVerse.Queues.Jobs;

namespace JubileeVerse.Queues.Completion;

/// <summary>
/// Receives notifications about the jobs of one queue that no processor can report: a retry, a stall, a cancellation, a passed deadline.
/// </summary>
internal interface IJobListener
{
    /// <summary>The queue whose jobs this listener follows.</summary>
    string Queue { get; }

    /// <summary>
    /// Notifies the listener that a job ended without its processor having reported it. The call is repeated until it does not throw, also
    /// after a restart, so it must be idempotent.
    /// </summary>
    /// <param name="state">Completed, failed or cancelled.</param>
    /// <param name="failure">The failure text, which may be logged; null unless the job failed.</param>
    Task JobEndedAsync(JobId id, string? orderKey, JobState state, string? failure, CancellationToken cancellationToken);

    /// <summary>
    /// Notifies the listener that a waiting job's rank is at most half of the rank announced before. The call is best effort: it is not
    /// repeated when it fails.
    /// </summary>
    Task JobMovedAsync(JobId id, string? orderKey, int position, int? etaSeconds);

    /// <summary>
    /// Asks whether a failed job may be reopened. False: the owner cannot accept it any more, and the job stays failed. If the listener
    /// returns true and no run follows, <see cref="JobEndedAsync"/> is called again.
    /// </summary>
    Task<bool> JobReopeningAsync(JobId id, string? orderKey, CancellationToken cancellationToken);

    /// <summary>Notifies the listener that an attempt failed and another one follows. The call is best effort.</summary>
    Task JobRetryingAsync(JobId id, string? orderKey, int nextAttempt, TimeSpan delay);
}
