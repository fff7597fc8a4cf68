namespace JubileeVerse.Queues.State.Ranks;

/// <summary>
/// Computes the number that orders a job within its queue: the startable job with the lowest sort key starts next.
/// The sort key is fixed when the job is accepted, so a later job never reorders the earlier ones.
/// </summary>
internal static class SortKey
{
    /// <param name="acceptedAt">Unix milliseconds; for a retry, the instant at which the job is ready again.</param>
    /// <param name="priority">1 to 10. A priority is a head start and not a class of its own, so no job starves.</param>
    /// <param name="openCost">The sum of the costs of the user's other open jobs; their number when each costs 1.</param>
    /// <param name="weight">The user's share: at weight 3, three starts for one of a user with weight 1.</param>
    public static long Compute(long acceptedAt, int priority, long openCost, int weight, QueueRules rules) =>
        acceptedAt + ((priority - 1) * rules.StepMs) + (openCost * rules.ShareMs / Math.Max(1, weight));
}
