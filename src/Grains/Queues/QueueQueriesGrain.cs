using System.Collections.Immutable;
using JubileeVerse.Errors;
using JubileeVerse.Paging;
using JubileeVerse.Queues.Configuration;
using JubileeVerse.Queues.Jobs;
using JubileeVerse.Queues.Store;
using Orleans.Concurrency;

namespace JubileeVerse.Queues;

[StatelessWorker, GrainType("queue-queries")]
internal sealed class QueueQueriesGrain(IJobStore store, QueueCatalog queues) : Grain, IQueueQueriesGrain
{
    public Task<ImmutableArray<string>> NamesAsync(CancellationToken cancellationToken) => Task.FromResult(queues.Names);

    public Task<Page<JobView>> JobsAsync(
        string queue, JobState? state, string? userId, PageRequest page, CancellationToken cancellationToken) =>
        PageAsync(queue, new JobQuery(state, userId, OldestFirst: false), page, cancellationToken);

    public async Task<Page<JobView>> PageAsync(string queue, JobQuery query, PageRequest page, CancellationToken cancellationToken)
    {
        await StoreRowsAsync(queue, cancellationToken);
        return await store.PageAsync(queue, query, page, cancellationToken);
    }

    public Task<ImmutableArray<JobView>> ChildrenAsync(string queue, JobId parent, CancellationToken cancellationToken) =>
        store.ChildrenAsync(RequireQueue(queue), parent, cancellationToken);

    public async Task<JobView?> FindAsync(string queue, JobId id, CancellationToken cancellationToken)
    {
        await StoreRowsAsync(queue, cancellationToken);
        return await store.FindAsync(queue, id, cancellationToken);
    }

    private Task StoreRowsAsync(string queue, CancellationToken cancellationToken) =>
        GrainFactory.GetGrain<IQueueAdminGrain>(RequireQueue(queue)).StoreRowsAsync(cancellationToken);

    private string RequireQueue(string queue) =>
        queues.Contains(queue) ? queue : throw JubileeException.NotFound("queue");
}
