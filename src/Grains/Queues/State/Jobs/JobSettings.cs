using JubileeVerse.Queues.Jobs;

namespace JubileeVerse.Queues.State.Jobs;

/// <summary>The settings that many jobs have in common. In memory a million jobs share a few instances.</summary>
/// <param name="Attempts">The number of runs that may fail, 1 or more.</param>
/// <param name="Backoff">How the delay between attempts grows.</param>
/// <param name="BackoffMs">The delay before the second attempt.</param>
/// <param name="Jitter">The part of a delay that may be taken off at random, 0 to 1.</param>
/// <param name="Weight">The share of the job's user relative to other users, 1 or more.</param>
/// <param name="Cost">The job's cost within its user's share, 1 or more.</param>
internal sealed record JobSettings(int Attempts, BackoffKind Backoff, int BackoffMs, double Jitter, int Weight, int Cost)
{
    public static JobSettings From(Job job) => new(
        Math.Max(1, job.Attempts), job.Backoff, job.BackoffMs, job.Jitter, Math.Max(1, job.Weight), Math.Max(1, job.Cost));
}
