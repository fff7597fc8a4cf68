using System.Collections.Concurrent;
using JubileeVerse.Errors;

namespace JubileeVerse.Queues;

/// <summary>How full each queue was when this silo's worker last asked it: so that a refusal needs no call to the queue.</summary>
internal sealed class QueueLoads
{
    private static readonly TimeSpan MinRetryAfter = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan MaxRetryAfter = TimeSpan.FromMinutes(10);

    private readonly ConcurrentDictionary<string, QueueLoad> _loads = new();

    public void Set(string queue, QueueLoad load) => _loads[queue] = load;

    /// <summary>The time in which so many jobs will have been served: 1 s to 10 min; the longest where nothing is measured.</summary>
    public static TimeSpan RetryAfter(QueueLoad load, int surplus)
    {
        var seconds = load.EndedPerSecond > 0 ? Math.Ceiling(surplus / load.EndedPerSecond) : MaxRetryAfter.TotalSeconds;
        return TimeSpan.FromSeconds(Math.Clamp(seconds, MinRetryAfter.TotalSeconds, MaxRetryAfter.TotalSeconds));
    }

    /// <summary>Null while there is room. The time to come back is the time in which the surplus will have been served.</summary>
    public Refusal? RefuseWhenFull(string queue, int maxOpen)
    {
        if (!_loads.TryGetValue(queue, out var load) || load.Open < maxOpen)
            return null;

        var retryAfter = RetryAfter(load, load.Open - maxOpen + 1);
        return new Refusal(ErrorCode.QueueFull, "Too many answers are waiting; nothing was stored. Try again later.", retryAfter, load.Open);
    }
}
