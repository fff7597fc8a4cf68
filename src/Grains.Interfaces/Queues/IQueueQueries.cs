using System.Collections.Immutable;
using JubileeVerse.Operations;
using JubileeVerse.Paging;

namespace JubileeVerse.Queues;

/// <summary>Jobs by state, read from the table. A stateless worker; key 0.</summary>
[Alias("IQueueQueries")]
public interface IQueueQueries : IGrainWithIntegerKey
{
    /// <summary>The names of all queues.</summary>
    [Idempotent, Alias("NamesAsync")]
    Task<ImmutableArray<string>> NamesAsync(CancellationToken cancellationToken);

    [Idempotent, Alias("PageAsync")]
    Task<Page<JobView>> PageAsync(string queue, JobQuery query, PageRequest page, CancellationToken cancellationToken);

    /// <summary>Newest first: what gateways asked before there was <see cref="PageAsync"/>.</summary>
    [Idempotent, Alias("JobsAsync")]
    Task<Page<JobView>> JobsAsync(string queue, JobState? state, string? userId, PageRequest page, CancellationToken cancellationToken);

    /// <summary>A flow's children, with their results, in the order in which they were added. They are kept for as long as their parent is open.</summary>
    [Idempotent, Alias("ChildrenAsync")]
    Task<ImmutableArray<JobView>> ChildrenAsync(string queue, JobId parent, CancellationToken cancellationToken);

    /// <summary>Null when there is none.</summary>
    [Idempotent, Alias("FindAsync")]
    Task<JobView?> FindAsync(string queue, JobId id, CancellationToken cancellationToken);
}
