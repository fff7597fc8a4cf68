using System.Collections.Immutable;
using JubileeVerse.Operations;
using JubileeVerse.Paging;
using JubileeVerse.Queues.Jobs;

namespace JubileeVerse.Queues;

/// <summary>Jobs by state, read from the table. A stateless worker; key 0.</summary>
[Alias("IQueueQueries"), GrainInterfaceType("JubileeVerse.Queues.IQueueQueries")]
public interface IQueueQueriesGrain : IGrainWithIntegerKey
{
    /// <summary>The names of all queues.</summary>
    [Idempotent, Alias("NamesAsync")]
    Task<ImmutableArray<string>> NamesAsync(CancellationToken cancellationToken);

    [Idempotent, Alias("PageAsync")]
    Task<Page<JobView>> PageAsync(string queue, JobQuery query, PageRequest page, CancellationToken cancellationToken);

    /// <summary>Jobs, newest first. Only gateways from before <see cref="PageAsync"/> call it.</summary>
    [Idempotent, Alias("JobsAsync")]
    Task<Page<JobView>> JobsAsync(string queue, JobState? state, string? userId, PageRequest page, CancellationToken cancellationToken);

    /// <summary>
    /// The children of a flow with their results, in the order in which they were added. They are retained while their parent is open.
    /// </summary>
    [Idempotent, Alias("ChildrenAsync")]
    Task<ImmutableArray<JobView>> ChildrenAsync(string queue, JobId parent, CancellationToken cancellationToken);

    /// <summary>Null if the job does not exist.</summary>
    [Idempotent, Alias("FindAsync")]
    Task<JobView?> FindAsync(string queue, JobId id, CancellationToken cancellationToken);
}
