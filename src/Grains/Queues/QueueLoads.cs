using System.Runtime.InteropServices;
using JubileeVerse.Errors;

namespace JubileeVerse.Queues;

/// <summary>
/// How full each queue is as far as this silo knows, so that a refusal needs no call to the queue: what its worker last heard of it, and what
/// was let in here since. What others let in meanwhile, for two seconds at most, is heard of with the next poll.
/// </summary>
internal sealed class QueueLoads
{
    private static readonly TimeSpan MinRetryAfter = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan MaxRetryAfter = TimeSpan.FromMinutes(10);

    private readonly Lock _lock = new();
    private readonly Dictionary<string, Known> _queues = new(StringComparer.Ordinal);

    /// <summary>What the queue says of itself: it knows of all that has been offered to it.</summary>
    public void Set(string queue, QueueLoad load)
    {
        lock (_lock)
        {
            ref var known = ref Of(queue);
            known.Load = load;
            known.Offered = 0;
        }
    }

    /// <summary>The time in which so many jobs will have been served: 1 s to 10 min; the longest where nothing is measured.</summary>
    public static TimeSpan RetryAfter(QueueLoad load, int surplus)
    {
        var seconds = load.EndedPerSecond > 0 ? Math.Ceiling(surplus / load.EndedPerSecond) : MaxRetryAfter.TotalSeconds;
        return TimeSpan.FromSeconds(Math.Clamp(seconds, MinRetryAfter.TotalSeconds, MaxRetryAfter.TotalSeconds));
    }

    /// <summary>
    /// Null: there is room, and it is taken until <see cref="Leave"/>. The time to come back is the time in which the surplus will have been served.
    /// </summary>
    public Refusal? Enter(string queue, int jobs, int maxOpen)
    {
        lock (_lock)
        {
            ref var known = ref Of(queue);
            var open = known.Load.Open + known.Entering + known.Offered;
            if (open + jobs <= maxOpen)
            {
                known.Entering += jobs;
                return null;
            }

            var retryAfter = RetryAfter(known.Load, open + jobs - maxOpen);
            return new Refusal(ErrorCode.QueueFull, "Too many answers are waiting; nothing was stored. Try again later.", retryAfter, open);
        }
    }

    /// <summary>For each time that <see cref="Enter"/> has found room: the jobs have been stored and offered to the queue, or will not be.</summary>
    public void Leave(string queue, int jobs, bool isStored)
    {
        lock (_lock)
        {
            ref var known = ref Of(queue);
            known.Entering -= jobs;
            known.Offered += isStored ? jobs : 0;
        }
    }

    private ref Known Of(string queue) => ref CollectionsMarshal.GetValueRefOrAddDefault(_queues, queue, out _);

    private struct Known
    {
        public QueueLoad Load;

        /// <summary>Let in, and not yet stored.</summary>
        public int Entering;

        /// <summary>Stored since the queue last said how full it is.</summary>
        public int Offered;
    }
}
