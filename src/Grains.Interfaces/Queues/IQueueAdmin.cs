namespace JubileeVerse.Queues;

/// <summary>What operators do to a queue and its jobs. Key: queue name; the same grain as <see cref="IQueueGrain"/>.</summary>
[Alias("IQueueAdmin")]
public interface IQueueAdmin : IGrainWithStringKey
{
    /// <summary>
    /// Obeyed from the next start on, over what is configured, and kept over restarts. Throws <c>validation-failed</c> that names the
    /// field for a limit below 1 or above what an option may be.
    /// </summary>
    [Alias("SetLimitsAsync")]
    Task<QueueStatus> SetLimitsAsync(QueueLimits limits, CancellationToken cancellationToken);
}
