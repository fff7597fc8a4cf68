using System.Diagnostics.CodeAnalysis;
using JubileeVerse.Queues.Jobs;
using JubileeVerse.Queues.State;
using JubileeVerse.Queues.Store;
using JubileeVerse.Queues.Store.Writing;

namespace JubileeVerse.Queues;

/// <summary>What the parts of one activation of a queue share: its name, its decisions, its rows and its clock.</summary>
internal sealed class QueueContext(string name, QueueState state, IJobStore store, JobChanges changes, TimeProvider time)
{
    public string Name => name;

    public QueueState State => state;

    /// <summary>The stored jobs. Only <see cref="Changes"/> writes them.</summary>
    public IJobStore Store => store;

    public JobChanges Changes => changes;

    public RecentJobs Recent { get; } = new();

    public TimeProvider Time => time;

    public long NowMs() => time.NowMs();

    /// <summary>The status of a job; null when the job is not open.</summary>
    public JobStatus? StatusOf(JobId id) => state.StatusOf(id, time.NowMs());

    public bool IsOpen(JobId id) => StatusOf(id) is not null;

    /// <summary>Gets a job with its payload without a read from the store; false when it is not in memory.</summary>
    public bool TryGetJob(JobId id, [NotNullWhen(true)] out Job? job) => Recent.TryGet(id, out job) || changes.TryGetPacked(id, out job);
}
