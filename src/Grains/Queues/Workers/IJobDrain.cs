using JubileeVerse.Queues.Configuration;

namespace JubileeVerse.Queues.Workers;

/// <summary>Drains this silo's job workers.</summary>
public interface IJobDrain
{
    /// <summary>
    /// Stops taking jobs, gives running jobs <see cref="QueuesOptions.Grace"/> to finish, and returns the rest to their queues without
    /// counting the attempt. Completes when no job runs. A second call waits for the first one; its token also ends the grace period.
    /// </summary>
    /// <param name="cancellationToken">Ends the grace period at once.</param>
    Task DrainAsync(CancellationToken cancellationToken);
}
