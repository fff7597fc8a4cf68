using System.Runtime.InteropServices;
using JubileeVerse.Errors;

namespace JubileeVerse.Queues;

/// <summary>
/// This silo's estimate of each queue's load, so that admission needs no call to the queue. The estimate is the load in the latest poll
/// result plus the jobs that this silo has admitted since. Jobs that other silos admit are counted with the next poll result, after at
/// most two seconds.
/// </summary>
internal sealed class QueueLoads
{
    private static readonly TimeSpan MinRetryAfter = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan MaxRetryAfter = TimeSpan.FromMinutes(10);

    private readonly Lock _lock = new();
    private readonly Dictionary<string, Entry> _queues = new(StringComparer.Ordinal);

    /// <summary>Sets the load that the queue reported, which includes all jobs that were offered to it.</summary>
    public void Update(string queue, QueueLoad load)
    {
        lock (_lock)
        {
            ref var entry = ref EntryFor(queue);
            entry.Load = load;
            entry.Offered = 0;
        }
    }

    /// <summary>
    /// Returns the expected time until the queue has processed the surplus jobs, from 1 s to 10 min. It is 10 min while the queue has no
    /// measured rate.
    /// </summary>
    public static TimeSpan RetryAfter(QueueLoad load, int surplus)
    {
        var seconds = load.EndedPerSecond > 0 ? Math.Ceiling(surplus / load.EndedPerSecond) : MaxRetryAfter.TotalSeconds;
        return TimeSpan.FromSeconds(Math.Clamp(seconds, MinRetryAfter.TotalSeconds, MaxRetryAfter.TotalSeconds));
    }

    /// <summary>
    /// Reserves capacity for jobs until <see cref="Release"/> is called, and returns null. When the queue is full, it returns a refusal
    /// whose retry delay is the expected time until the surplus has been processed.
    /// </summary>
    public Refusal? Reserve(string queue, int jobs, int maxOpen)
    {
        lock (_lock)
        {
            ref var entry = ref EntryFor(queue);
            var open = entry.Load.Open + entry.Reserved + entry.Offered;
            if (open + jobs <= maxOpen)
            {
                entry.Reserved += jobs;
                return null;
            }

            var retryAfter = RetryAfter(entry.Load, open + jobs - maxOpen);
            return new Refusal(ErrorCode.QueueFull, "Too many replies are waiting; nothing was stored. Try again later.", retryAfter, open);
        }
    }

    /// <summary>
    /// Releases a reservation of <see cref="Reserve"/>. It must be called once for each reservation, after the jobs were stored and offered
    /// to the queue or were given up.
    /// </summary>
    public void Release(string queue, int jobs, bool isStored)
    {
        lock (_lock)
        {
            ref var entry = ref EntryFor(queue);
            entry.Reserved -= jobs;
            entry.Offered += isStored ? jobs : 0;
        }
    }

    private ref Entry EntryFor(string queue) => ref CollectionsMarshal.GetValueRefOrAddDefault(_queues, queue, out _);

    private struct Entry
    {
        public QueueLoad Load;

        /// <summary>Jobs that were admitted and are not stored yet.</summary>
        public int Reserved;

        /// <summary>Jobs that were stored since the queue last reported its load.</summary>
        public int Offered;
    }
}
