namespace JubileeVerse.Queues.State;

/// <summary>
/// Where a job stands in the order of its queue, as one number: the lowest that may start starts.
/// It is fixed when the job is accepted, so what comes later never reorders what is there.
/// </summary>
internal static class Place
{
    /// <param name="acceptedAt">Unix milliseconds; for a retry, when it is ready again.</param>
    /// <param name="priority">1 to 10: a head start, not a class of its own, so nothing starves.</param>
    /// <param name="openCost">What the other jobs that the user has open cost: their number, where each costs 1.</param>
    /// <param name="weight">The user's share: three starts for one at weight 3.</param>
    /// <param name="rules">Step and share.</param>
    public static long Of(long acceptedAt, int priority, long openCost, int weight, QueueRules rules) =>
        acceptedAt + ((priority - 1) * rules.StepMs) + (openCost * rules.ShareMs / Math.Max(1, weight));
}
