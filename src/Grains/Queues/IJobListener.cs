namespace JubileeVerse.Queues;

/// <summary>Hears how jobs of one queue fare when no processor is there to say it: a retry, a stall, a cancel, a deadline.</summary>
internal interface IJobListener
{
    /// <summary>The queue it listens to.</summary>
    string Queue { get; }

    /// <summary>
    /// The job has ended and its processor has not said so. Called until it does not throw, also after a restart: be idempotent.
    /// </summary>
    /// <param name="orderKey">The job's order key.</param>
    /// <param name="state">Completed, failed or cancelled.</param>
    /// <param name="failure">Why, in words that may be logged; null where it has not failed.</param>
    Task JobEndedAsync(JobId id, string? orderKey, JobState state, string? failure, CancellationToken cancellationToken);

    /// <summary>A waiting job has come nearer: its position is half of the one told last, or less. A lost call costs nothing.</summary>
    Task JobMovedAsync(JobId id, string? orderKey, int position, int? etaSeconds);

    /// <summary>
    /// A failed job is about to live again. False: whoever waits for it cannot take it back, and it stays as it is. A true answer that is
    /// followed by no run is taken back by <see cref="JobEndedAsync"/>.
    /// </summary>
    Task<bool> JobReopeningAsync(JobId id, string? orderKey, CancellationToken cancellationToken);

    /// <summary>An attempt failed and another follows. A lost call costs nothing.</summary>
    Task JobRetryingAsync(JobId id, string? orderKey, int nextAttempt, TimeSpan delay);
}
