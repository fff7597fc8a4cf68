using System.Collections.Immutable;
using System.Numerics;

namespace JubileeVerse.Queues.State;

/// <summary>
/// Which waiting jobs have come so much nearer that whoever waits should hear it: each time a job passes a power of two
/// that is at most half of the position that was told last.
/// </summary>
/// <remarks>
/// A job's one byte is the binary logarithm of what was told. Since the last look each job has moved up by at most as many ranks as jobs have
/// left, so only so many ranks below each power of two can hold one that has passed it: a look costs O(log² n) for each job that left,
/// however many wait. One that is missed, because it was pushed back and passed unseen, hears at the next power.
/// </remarks>
internal sealed class PositionMarks
{
    /// <summary>Nothing was told yet, or what was told no longer holds.</summary>
    public const byte Untold = byte.MaxValue;

    // Bounds a look after a great many have left at once, such as a queue that was cancelled.
    private const long MaxRanks = 1_000;

    private long _left;

    public static byte Of(int position) => (byte)BitOperations.Log2((uint)position);

    /// <summary>The nearest first; each is counted as told.</summary>
    public ImmutableArray<OpenJob> Passed(Backlog backlog)
    {
        var ranks = Math.Min(backlog.LeftWaiting - _left, MaxRanks);
        _left = backlog.LeftWaiting;
        if (ranks == 0) return [];

        var passed = ImmutableArray.CreateBuilder<OpenJob>();
        for (byte mark = 0; 1 << mark <= backlog.Waiting; mark++)
        {
            var power = 1 << mark;
            for (var rank = Math.Max((power / 2) + 1, power - ranks + 1); rank <= power; rank++)
            {
                var job = backlog.At((int)rank);
                if (job.PositionMark <= mark) continue;
                job.PositionMark = mark;
                passed.Add(job);
            }
        }

        return passed.ToImmutable();
    }
}

/// <summary>A waiting job whose place somebody should hear of.</summary>
internal readonly record struct JobMove(JobStanding Standing, string? OrderKey);
