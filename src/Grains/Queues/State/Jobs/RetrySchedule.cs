using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using JubileeVerse.Queues.Jobs;

namespace JubileeVerse.Queues.State.Jobs;

/// <summary>
/// Computes the delay between attempts: a base that is constant or doubles with each attempt. Three attempts are three runs with two
/// delays; four attempts with a base of one second have delays of 1, 2 and 4 s.
/// </summary>
internal static class RetrySchedule
{
    // int.MaxValue doubled 31 times still fits in a long, and any base has reached every sensible maximum by then.
    private const int MaxDoublings = 31;

    /// <summary>The delay in milliseconds. The same job and attempt always get the same delay, with or without jitter.</summary>
    /// <param name="attemptsMade">The number of failed attempts, including the one that has just ended: 1 or more.</param>
    /// <param name="settings">The base, its growth, and the jitter: the part of a delay that may be taken off.</param>
    /// <param name="maxMs">The longest delay.</param>
    public static long DelayMs(JobId id, int attemptsMade, JobSettings settings, long maxMs)
    {
        var doublings = settings.Backoff == BackoffKind.Fixed ? 0 : Math.Clamp(attemptsMade, 1, MaxDoublings + 1) - 1;
        var delayMs = Math.Min((long)Math.Max(0, settings.BackoffMs) << doublings, maxMs);
        var jitter = Math.Clamp(settings.Jitter, 0, 1);
        return jitter == 0 ? delayMs : (long)(delayMs * (1 - (jitter * JitterFraction(id, attemptsMade))));
    }

    /// <summary>
    /// A number from 0 to below 1, evenly distributed over jobs and attempts. It is a hash and not random, so that the queue's decisions
    /// depend only on their input; every process computes the same hash.
    /// </summary>
    private static double JitterFraction(JobId id, int attemptsMade)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes($"{id.Value}/{attemptsMade}"), hash);
        return BinaryPrimitives.ReadUInt32BigEndian(hash) / (uint.MaxValue + 1.0);
    }
}
