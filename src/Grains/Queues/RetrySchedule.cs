namespace JubileeVerse.Queues;

/// <summary>
/// How long a job waits between attempts: the base, doubled with each attempt. Three attempts are three runs with two waits;
/// four attempts on a base of one second wait 1, 2 and 4 s.
/// </summary>
internal static class RetrySchedule
{
    // int.MaxValue doubled 31 times still fits a long, and any base is over any sensible bound by then.
    private const int MaxDoublings = 31;

    /// <param name="attemptsMade">Attempts that have failed, the one just ended included: 1 or more.</param>
    /// <param name="backoffMs">The first wait.</param>
    /// <param name="maxMs">No wait is longer.</param>
    public static TimeSpan Delay(int attemptsMade, int backoffMs, long maxMs)
    {
        var doublings = Math.Clamp(attemptsMade, 1, MaxDoublings + 1) - 1;
        var delayMs = (long)Math.Max(0, backoffMs) << doublings;
        return TimeSpan.FromMilliseconds(Math.Min(delayMs, maxMs));
    }
}
