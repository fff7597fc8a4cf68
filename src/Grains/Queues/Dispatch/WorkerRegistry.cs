using System.Collections.Immutable;

namespace JubileeVerse.Queues.Dispatch;

/// <summary>The workers that have polled a queue, as described by their latest polls.</summary>
internal sealed class WorkerRegistry
{
    private readonly Dictionary<string, (int Slots, string? Version, long LastSeenAtMs)> _workers = [];

    public int Count => _workers.Count;

    /// <summary>Records a poll. True: it is the worker's first one.</summary>
    public bool RecordPoll(WorkerPoll poll, long nowMs)
    {
        var isNew = !_workers.ContainsKey(poll.Worker);
        _workers[poll.Worker] = (poll.Slots, poll.Version, nowMs);
        return isNew;
    }

    public bool Contains(string worker) => _workers.ContainsKey(worker);

    public IEnumerable<string> Names => _workers.Keys;

    public void Remove(string worker) => _workers.Remove(worker);

    public ImmutableArray<QueueWorker> Describe(Func<string, int> runningOf, int slots) =>
    [
        .. _workers.OrderBy(worker => worker.Key, StringComparer.Ordinal).Select(worker =>
            new QueueWorker(
                worker.Key,
                Math.Min(worker.Value.Slots, slots),
                runningOf(worker.Key),
                UnixTime.FromMilliseconds(worker.Value.LastSeenAtMs),
                worker.Value.Version)),
    ];
}
