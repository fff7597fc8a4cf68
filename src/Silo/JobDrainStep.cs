using JubileeVerse.Queues.Workers;
using JubileeVerse.ServiceDefaults.Drain;

namespace JubileeVerse.Silo;

/// <summary>Drains running jobs before the silo stops, while the services that they call are still available.</summary>
internal sealed class JobDrainStep(IJobDrain jobs) : IDrainStep
{
    public string Name => "jobs";

    public Task DrainAsync(CancellationToken cancellationToken) => jobs.DrainAsync(cancellationToken);
}
