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

    /// <summary>Null while there is room. The time to come back is the time in which the surplus will have been served.</summary>
    public Refusal? RefuseWhenFull(string queue, int maxOpen)
    {
        if (!_loads.TryGetValue(queue, out var load) || load.Open < maxOpen)
            return null;

        var surplus = load.Open - maxOpen + 1;
        var wait = load.EndedPerSecond > 0 ? TimeSpan.FromSeconds(Math.Ceiling(surplus / load.EndedPerSecond)) : MaxRetryAfter;
        var retryAfter = wait < MinRetryAfter ? MinRetryAfter : wait > MaxRetryAfter ? MaxRetryAfter : wait;
        return new Refusal(ErrorCode.QueueFull, "Too many answers are waiting; nothing was stored. Try again later.", retryAfter, load.Open);
    }
}
