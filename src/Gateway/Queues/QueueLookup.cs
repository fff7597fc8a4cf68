using JubileeVerse.Errors;
using JubileeVerse.Queues;
using JubileeVerse.Queues.Jobs;
using JubileeVerse.Rules;

namespace JubileeVerse.Gateway.Queues;

/// <summary>
/// Resolves the queues and jobs that a route names. The name is checked first, because a call to the grain of an unknown queue would
/// activate one.
/// </summary>
internal sealed class QueueLookup(IGrainFactory grains)
{
    public IQueueQueriesGrain Queries => grains.GetGrain<IQueueQueriesGrain>(0);

    public async Task<IQueueGrain> GetQueueAsync(string name, CancellationToken cancellationToken)
    {
        await EnsureExistsAsync(name, cancellationToken);
        return grains.GetGrain<IQueueGrain>(name);
    }

    public async Task<IQueueAdminGrain> GetAdminAsync(string name, CancellationToken cancellationToken)
    {
        await EnsureExistsAsync(name, cancellationToken);
        return grains.GetGrain<IQueueAdminGrain>(name);
    }

    public async Task<IQueueSchedulesGrain> GetSchedulesAsync(string name, CancellationToken cancellationToken)
    {
        await EnsureExistsAsync(name, cancellationToken);
        return grains.GetGrain<IQueueSchedulesGrain>(name);
    }

    /// <summary>Throws <c>NotFound</c> for a malformed id, because no job can have it.</summary>
    public static JobId ParseJobId(string id) => id.Length <= JobId.MaxLength && StorableText.IsStorable(id)
        ? new JobId(id)
        : throw JubileeException.NotFound("job");

    public async Task EnsureExistsAsync(string name, CancellationToken cancellationToken)
    {
        if (!(await Queries.NamesAsync(cancellationToken)).Contains(name))
            throw JubileeException.NotFound("queue");
    }
}
