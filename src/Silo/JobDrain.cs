using JubileeVerse.Queues.Workers;
using JubileeVerse.ServiceDefaults.Drain;

namespace JubileeVerse.Silo;

/// <summary>Jobs end before the silo stops, while everything that they call still answers.</summary>
internal sealed class JobDrain(IJobDrain jobs) : IDrainStep
{
    public string Name => "jobs";

    public Task DrainAsync(CancellationToken cancellationToken) => jobs.DrainAsync(cancellationToken);
}
