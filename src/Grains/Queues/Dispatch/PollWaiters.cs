namespace JubileeVerse.Queues.Dispatch;

/// <summary>
/// The polls that wait for work, at most one for each worker. One instance per activation, used only on the grain's scheduler, so it needs
/// no lock.
/// </summary>
internal sealed class PollWaiters
{
    private readonly Dictionary<string, PollWaiter> _byWorker = [];

    public int Count => _byWorker.Count;

    /// <summary>Whether a poll has starts and can complete.</summary>
    public bool HasStarts => _byWorker.Values.Any(waiter => !waiter.Starts.IsEmpty);

    /// <summary>Adds a poll and completes the worker's older one.</summary>
    public void Add(PollWaiter waiter)
    {
        if (_byWorker.Remove(waiter.Poll.Worker, out var older))
            older.Complete();
        _byWorker[waiter.Poll.Worker] = waiter;
    }

    /// <summary>Removes a poll, unless a newer poll of the worker has replaced it.</summary>
    public void Remove(PollWaiter waiter)
    {
        if (_byWorker.GetValueOrDefault(waiter.Poll.Worker) == waiter)
            _byWorker.Remove(waiter.Poll.Worker);
    }

    /// <summary>The poll with free capacity whose worker has the fewest active jobs; null when no poll has free capacity.</summary>
    public PollWaiter? LeastLoaded(Func<string, int> runningOf) =>
        _byWorker.Values.Where(waiter => waiter.RemainingCapacity > 0).MinBy(waiter => runningOf(waiter.Poll.Worker));

    /// <summary>Completes the worker's waiting poll, if any, so that the worker receives a stop request without delay.</summary>
    public void Complete(string? worker)
    {
        if (worker is not null && _byWorker.TryGetValue(worker, out var waiter))
            waiter.Complete();
    }

    /// <summary>Removes and completes the polls that have starts.</summary>
    public void CompleteStarted()
    {
        foreach (var waiter in _byWorker.Values.Where(waiter => !waiter.Starts.IsEmpty).ToArray())
        {
            _byWorker.Remove(waiter.Poll.Worker);
            waiter.Complete();
        }
    }

    public void CompleteAll()
    {
        foreach (var waiter in _byWorker.Values)
            waiter.Complete();
    }
}
