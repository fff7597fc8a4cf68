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
            foreach (var rule in (await store.OwnRulesAsync(queue, common.State, cancellationToken)).Add(common))
            {
                var bound = await store.BoundAsync(queue, rule, nowMs, cancellationToken);
                for (var i = 0; i < MaxChunks; i++)
                {
                    var surplus = await store.SurplusAsync(queue, rule, bound, IJobStore.MaxDeletes, cancellationToken);
                    if (!surplus.IsEmpty)
                        await delete(surplus);
                    if (surplus.Length < IJobStore.MaxDeletes)
                        break;
                }
            }
        }
    }
}
