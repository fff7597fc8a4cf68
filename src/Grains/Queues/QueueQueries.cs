using System.Collections.Immutable;
using JubileeVerse.Errors;
using JubileeVerse.Paging;
using Orleans.Concurrency;

namespace JubileeVerse.Queues;

[StatelessWorker, GrainType("queue-queries")]
internal sealed class QueueQueries(IJobStore store, QueueCatalog queues) : Grain, IQueueQueries
{
    public Task<ImmutableArray<string>> NamesAsync(CancellationToken cancellationToken) => Task.FromResult(queues.Names);

    public Task<Page<JobView>> JobsAsync(string queue, JobState? state, string? userId, PageRequest page, CancellationToken cancellationToken) =>
        store.PageAsync(Known(queue), state, userId, page, cancellationToken);

    public Task<JobView?> FindAsync(string queue, JobId id, CancellationToken cancellationToken) =>
        store.FindAsync(Known(queue), id, cancellationToken);

    private string Known(string queue) => queues.Contains(queue) ? queue : throw JubileeException.NotFound("queue");
}
