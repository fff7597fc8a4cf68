using System.Collections.Immutable;
using JubileeVerse.Errors;
using JubileeVerse.Paging;
using Orleans.Concurrency;

namespace JubileeVerse.Queues;

[StatelessWorker, GrainType("queue-queries")]
internal sealed class QueueQueries(IJobStore store, IEnumerable<IJobProcessor> processors) : Grain, IQueueQueries
{
    private readonly ImmutableArray<string> _names = [.. processors.Select(processor => processor.Queue).Order(StringComparer.Ordinal)];

    public Task<ImmutableArray<string>> NamesAsync(CancellationToken cancellationToken) => Task.FromResult(_names);

    public Task<Page<JobView>> JobsAsync(string queue, JobState? state, string? userId, PageRequest page, CancellationToken cancellationToken) =>
        store.PageAsync(Known(queue), state, userId, page, cancellationToken);

    public Task<JobView?> FindAsync(string queue, JobId id, CancellationToken cancellationToken) =>
        store.FindAsync(Known(queue), id, cancellationToken);

    private string Known(string queue) => _names.Contains(queue) ? queue : throw JubileeException.NotFound("queue");
}
