using System.Collections.Immutable;

namespace JubileeVerse.Queues.State;

/// <summary>
/// Who runs what. A lease lives as long as its worker's polls list it; one that was granted and is missing from the second list
/// after that was never received (the answer was lost) and is free again. The first list may have been on its way already.
/// </summary>
internal sealed class LeaseTable(long leaseMs)
{
    // A grant in the answer to poll n is known to the worker when it makes list n + 1, unless that had left before.
    private const int ListsToMiss = 2;

    private readonly Dictionary<CompactId, Lease> _byJob = [];
    private readonly Dictionary<string, HashSet<Lease>> _byWorker = [];

    public int Count => _byJob.Count;

    public Lease? Find(CompactId id) => _byJob.GetValueOrDefault(id);

    public int CountOf(string worker) => _byWorker.TryGetValue(worker, out var leases) ? leases.Count : 0;

    public void Grant(CompactId id, JobLease lease, string worker, long pollNumber, long nowMs) =>
        Add(new Lease(id, lease, worker, pollNumber, nowMs, nowMs + leaseMs));

    /// <summary>A lease that was read from the store: its worker has the usual time to speak up.</summary>
    public void Restore(CompactId id, JobLease lease, string worker, long nowMs, StopRequest stop = StopRequest.None) =>
        Add(new Lease(id, lease, worker, null, null, nowMs + leaseMs) { Stop = stop });

    /// <summary>A lease that a worker holds and this table did not know, or knew an earlier one of: the higher stands.</summary>
    public void Adopt(CompactId id, JobLease lease, string worker, long pollNumber, long nowMs)
    {
        var known = Find(id);
        if (known is not null) Release(id, known.Number);
        Add(new Lease(id, lease, worker, pollNumber, nowMs, nowMs + leaseMs) { Stop = known?.Stop ?? StopRequest.None });
    }

    /// <summary>False: it is not the current lease, so nothing that it says counts.</summary>
    public bool Release(CompactId id, JobLease lease)
    {
        if (!_byJob.TryGetValue(id, out var current) || current.Number != lease) return false;

        _byJob.Remove(id);
        var ofWorker = _byWorker[current.Worker];
        ofWorker.Remove(current);
        if (ofWorker.Count == 0) _byWorker.Remove(current.Worker);
        return true;
    }

    /// <summary>Prolongs what the worker listed, and returns what it should hold but has not listed twice; those stay until released.</summary>
    public ImmutableArray<Lease> Renew(string worker, long pollNumber, ImmutableArray<HeldLease> held, long nowMs)
    {
        foreach (var (id, number) in held)
        {
            if (Find(CompactId.Of(id)) is not { } lease || lease.Number != number || lease.Worker != worker) continue;
            lease.ExpiresAtMs = nowMs + leaseMs;
            lease.SeenAtPoll = Math.Max(lease.SeenAtPoll ?? pollNumber, pollNumber);
        }

        if (!_byWorker.TryGetValue(worker, out var ofWorker)) return [];

        // A loaded lease was granted before polls were counted here, so the first list that lacks it is the first of two.
        foreach (var lease in ofWorker) lease.SeenAtPoll ??= pollNumber - 1;
        return InOrder(ofWorker.Where(lease => pollNumber >= lease.SeenAtPoll + ListsToMiss));
    }

    public ImmutableArray<Lease> Expired(long nowMs) => InOrder(_byJob.Values.Where(lease => lease.ExpiresAtMs <= nowMs));

    public ImmutableArray<Lease> OfWorker(string worker) => _byWorker.TryGetValue(worker, out var leases) ? InOrder(leases) : [];

    /// <summary>Those of a worker that were asked to stop.</summary>
    public ImmutableArray<Lease> StopsOf(string worker) =>
        _byWorker.TryGetValue(worker, out var leases) ? InOrder(leases.Where(lease => lease.CancelRequested)) : [];

    /// <summary>Gives every lease its full time again.</summary>
    public void RenewAll(long nowMs)
    {
        foreach (var lease in _byJob.Values) lease.ExpiresAtMs = nowMs + leaseMs;
    }

    private static ImmutableArray<Lease> InOrder(IEnumerable<Lease> leases) => [.. leases.OrderBy(lease => lease.Number)];

    private void Add(Lease lease)
    {
        _byJob.Add(lease.Id, lease);
        if (!_byWorker.TryGetValue(lease.Worker, out var ofWorker)) _byWorker[lease.Worker] = ofWorker = [];
        ofWorker.Add(lease);
    }
}
