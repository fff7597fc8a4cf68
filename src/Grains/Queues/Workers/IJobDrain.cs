namespace JubileeVerse.Queues.Workers;

/// <summary>The end of this silo's work on jobs.</summary>
public interface IJobDrain
{
    /// <summary>
    /// No new jobs; running ones get <see cref="QueuesOptions.Grace"/>, and the rest is handed back unspent. Returns when nothing runs.
    /// A second call waits for the first. The token ends the grace at once.
    /// </summary>
    Task DrainAsync(CancellationToken cancellationToken);
}
