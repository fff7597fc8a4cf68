using System.Collections.Immutable;
using JubileeVerse.Queues.Jobs;
using JubileeVerse.Queues.Store.Rows;

namespace JubileeVerse.Queues.Store;

/// <summary>
/// Finds the ended jobs that no retention rule keeps, and has them deleted in chunks until none is left. It keeps up with the rate at which
/// jobs end, and runs concurrently with the queue's other work.
/// </summary>
internal sealed class JobRetention(IJobStore store)
{
    /// <summary>The limit of chunks per rule and pass. Far fewer jobs end between two passes.</summary>
    private const int MaxChunks = 500;

    /// <summary>Deletes the ended jobs of a queue that no rule keeps.</summary>
    /// <param name="nowMs">The instant up to which ages are measured.</param>
    /// <param name="delete">Deletes the jobs with these ids, except a job that was reopened.</param>
    /// <param name="cancellationToken">Ends the pass between two chunks.</param>
    public async Task ApplyAsync(string queue, long nowMs, Func<ImmutableArray<JobId>, Task> delete, CancellationToken cancellationToken)
    {
        foreach (var rule in RetentionRule.Defaults)
        {
            await ApplyAsync(queue, rule, nowMs, delete, cancellationToken);
            await EachChunkAsync(() => store.OverAgeAsync(queue, rule.State, nowMs, IJobStore.MaxDeletes, cancellationToken), delete);

            // Every job may have a distinct count of its own, so the counts are read in pages.
            var counts = ImmutableArray<int>.Empty;
            do
            {
                counts = await store.OwnCountsAsync(queue, rule.State, counts is [.., var last] ? last : -1, cancellationToken);
                foreach (var count in counts)
                    await ApplyAsync(queue, RetentionRule.OwnCount(rule.State, count), nowMs, delete, cancellationToken);
            }
            while (!counts.IsEmpty);
        }
    }

    private async Task ApplyAsync(
        string queue, RetentionRule rule, long nowMs, Func<ImmutableArray<JobId>, Task> delete, CancellationToken cancellationToken)
    {
        var bound = await store.BoundAsync(queue, rule, nowMs, cancellationToken);
        if (bound.EndedAt != long.MinValue)
            await EachChunkAsync(() => store.SurplusAsync(queue, rule, bound, IJobStore.MaxDeletes, cancellationToken), delete);
    }

    private static async Task EachChunkAsync(Func<Task<ImmutableArray<JobId>>> next, Func<ImmutableArray<JobId>, Task> delete)
    {
        for (var i = 0; i < MaxChunks; i++)
        {
            var surplus = await next();
            if (!surplus.IsEmpty)
                await delete(surplus);
            if (surplus.Length < IJobStore.MaxDeletes)
                break;
        }
    }
}
