using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace JubileeVerse.Queues.State;

/// <summary>
/// How long a job waits between attempts: the base, always the same or doubled with each attempt. Three attempts are three runs with two
/// waits; four attempts on a base of one second wait 1, 2 and 4 s.
/// </summary>
internal static class RetrySchedule
{
    // int.MaxValue doubled 31 times still fits a long, and any base is over any sensible bound by then.
    private const int MaxDoublings = 31;

    /// <summary>In milliseconds. The same job and attempt always wait equally long, jitter or not.</summary>
    /// <param name="id">The job.</param>
    /// <param name="attemptsMade">Attempts that have failed, the one just ended included: 1 or more.</param>
    /// <param name="terms">The base, how it grows, and by how much of it a wait may be shorter.</param>
    /// <param name="maxMs">No wait is longer.</param>
    public static long DelayMs(JobId id, int attemptsMade, JobTerms terms, long maxMs)
    {
        var doublings = terms.Backoff == BackoffKind.Fixed ? 0 : Math.Clamp(attemptsMade, 1, MaxDoublings + 1) - 1;
        var delayMs = Math.Min((long)Math.Max(0, terms.BackoffMs) << doublings, maxMs);
        var jitter = Math.Clamp(terms.Jitter, 0, 1);
        return jitter == 0 ? delayMs : (long)(delayMs * (1 - (jitter * PartOf(id, attemptsMade))));
    }

    /// <summary>
    /// 0 to below 1, evenly over jobs and attempts. Hashed and not drawn, so that a queue's decisions depend on nothing but what it is given;
    /// the hash is one that every process computes alike.
    /// </summary>
    private static double PartOf(JobId id, int attemptsMade)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes($"{id.Value}/{attemptsMade}"), hash);
        return BinaryPrimitives.ReadUInt32BigEndian(hash) / (uint.MaxValue + 1.0);
    }
}
