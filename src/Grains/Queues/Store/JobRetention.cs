using System.Collections.Immutable;

namespace JubileeVerse.Queues.Store;

/// <summary>
/// Finds ended jobs beyond what is kept, each by its own rule, and has them deleted chunk by chunk until there are no more: as fast as
/// jobs end, and beside all else that their queue does.
/// </summary>
internal sealed class JobRetention(IJobStore store)
{
    /// <summary>Of one rule at one pass; far more than end between two.</summary>
    private const int MaxChunks = 500;

    /// <param name="queue">Whose jobs.</param>
    /// <param name="nowMs">Ages are counted until now.</param>
    /// <param name="delete">Deletes these; not one that lives again.</param>
    /// <param name="cancellationToken">Ends it between two chunks.</param>
    public async Task KeepAsync(string queue, long nowMs, Func<ImmutableArray<JobId>, Task> delete, CancellationToken cancellationToken)
    {
        foreach (var common in RetentionRule.Defaults)
        {
            await KeepAsync(queue, common, nowMs, delete, cancellationToken);
            await EachChunkAsync(() => store.OverAgeAsync(queue, common.State, nowMs, IJobStore.MaxDeletes, cancellationToken), delete);

            // Each job may bring a count that no other has, so they are read page by page.
            var counts = ImmutableArray<int>.Empty;
            do
            {
                counts = await store.OwnCountsAsync(queue, common.State, counts is [.., var last] ? last : -1, cancellationToken);
                foreach (var count in counts)
                    await KeepAsync(queue, RetentionRule.OwnCount(common.State, count), nowMs, delete, cancellationToken);
            }
            while (!counts.IsEmpty);
        }
    }

    private async Task KeepAsync(
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
