using System.Collections.Immutable;

namespace JubileeVerse.Queues.Workers;

/// <summary>The workers that a queue has heard of, as their latest polls described them.</summary>
internal sealed class WorkerList
{
    private readonly Dictionary<string, (int Slots, string? Version, long HeardAtMs)> _workers = [];

    public int Count => _workers.Count;

    /// <summary>True: it was not known.</summary>
    public bool Hear(WorkerPoll poll, long nowMs)
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
                worker.Key, Math.Min(worker.Value.Slots, slots), runningOf(worker.Key), UnixTime.At(worker.Value.HeardAtMs), worker.Value.Version)),
    ];
}
