using JubileeVerse.Errors;
using JubileeVerse.Gateway.Http;
using JubileeVerse.Queues;

namespace JubileeVerse.Gateway.Queues;

/// <summary>Finds queues and jobs that a path names. Asks for the name first: a grain would come into being for any.</summary>
internal sealed class AdministeredQueues(IGrainFactory grains)
{
    public IQueueQueries Queries => grains.GetGrain<IQueueQueries>(0);

    public async Task<IQueueGrain> QueueAsync(string name, CancellationToken cancellationToken)
    {
        await CheckAsync(name, cancellationToken);
        return grains.GetGrain<IQueueGrain>(name);
    }

    public async Task<IQueueAdmin> AdminAsync(string name, CancellationToken cancellationToken)
    {
        await CheckAsync(name, cancellationToken);
        return grains.GetGrain<IQueueAdmin>(name);
    }

    /// <summary>An id that no job can have is one that no job has.</summary>
    public static JobId JobOf(string id) => id.Length <= JobId.MaxLength && TextRules.IsClean(id)
        ? new JobId(id)
        : throw JubileeException.NotFound("job");

    public async Task CheckAsync(string name, CancellationToken cancellationToken)
    {
        if (!(await Queries.NamesAsync(cancellationToken)).Contains(name))
            throw JubileeException.NotFound("queue");
    }
}
