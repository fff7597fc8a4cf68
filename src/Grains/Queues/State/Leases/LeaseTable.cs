using System.Collections.Immutable;
using JubileeVerse.Queues.Jobs;
using JubileeVerse.Queues.State.Jobs;

namespace JubileeVerse.Queues.State.Leases;

/// <summary>
/// The current leases by job and by worker. A lease is renewed by each poll of its worker that lists it. A lease that two polls after its
/// grant do not list was never received, because the poll's result was lost; its job is free again. One missing poll proves nothing,
/// because that poll may have been in flight when the lease was granted.
/// </summary>
internal sealed class LeaseTable(long leaseMs)
{
    // A worker knows the grants in the result of poll n when it sends poll n + 1, unless that poll was already in flight.
    private const int MaxMissedPolls = 2;

    private readonly Dictionary<CompactId, Lease> _byJob = [];
    private readonly Dictionary<string, HashSet<Lease>> _byWorker = [];

    public int Count => _byJob.Count;

    public Lease? Find(CompactId id) => _byJob.GetValueOrDefault(id);

    public int CountOf(string worker) => _byWorker.TryGetValue(worker, out var leases) ? leases.Count : 0;

    public void Grant(CompactId id, JobLease lease, string worker, long pollNumber, long nowMs) =>
        Add(new Lease(id, lease, worker, pollNumber, nowMs, nowMs + leaseMs));

    /// <summary>Adds a lease that was loaded from the store. Its worker has the full lease time to poll.</summary>
    public void Restore(CompactId id, JobLease lease, string worker, long nowMs, StopRequest stop = StopRequest.None) =>
        Add(new Lease(id, lease, worker, null, null, nowMs + leaseMs) { Stop = stop });

    /// <summary>Adds a lease that a worker holds and this table does not know. It replaces an earlier lease of the same job.</summary>
    public void Adopt(CompactId id, JobLease lease, string worker, long pollNumber, long nowMs)
    {
        var known = Find(id);
        if (known is not null) Release(id, known.Number);
        Add(new Lease(id, lease, worker, pollNumber, nowMs, nowMs + leaseMs) { Stop = known?.Stop ?? StopRequest.None });
    }

    /// <summary>Removes a lease; false when it is not the job's current lease.</summary>
    public bool Release(CompactId id, JobLease lease)
    {
        if (!_byJob.TryGetValue(id, out var current) || current.Number != lease) return false;

        _byJob.Remove(id);
        var ofWorker = _byWorker[current.Worker];
        ofWorker.Remove(current);
        if (ofWorker.Count == 0) _byWorker.Remove(current.Worker);
        return true;
    }

    /// <summary>
    /// Renews the leases that the worker listed, and returns its leases that two polls did not list. The returned leases stay until they
    /// are released.
    /// </summary>
    public ImmutableArray<Lease> Renew(string worker, long pollNumber, ImmutableArray<HeldLease> held, long nowMs)
    {
        foreach (var (id, number) in held)
        {
            if (Find(CompactId.From(id)) is not { } lease || lease.Number != number || lease.Worker != worker) continue;
            lease.ExpiresAtMs = nowMs + leaseMs;
            lease.SeenAtPoll = Math.Max(lease.SeenAtPoll ?? pollNumber, pollNumber);
        }

        if (!_byWorker.TryGetValue(worker, out var ofWorker)) return [];

        // A loaded lease was granted before this table counted polls, so the first poll without it counts as the first of the two.
        foreach (var lease in ofWorker) lease.SeenAtPoll ??= pollNumber - 1;
        return InOrder(ofWorker.Where(lease => pollNumber >= lease.SeenAtPoll + MaxMissedPolls));
    }

    public ImmutableArray<Lease> Expired(long nowMs) => InOrder(_byJob.Values.Where(lease => lease.ExpiresAtMs <= nowMs));

    public ImmutableArray<Lease> OfWorker(string worker) => _byWorker.TryGetValue(worker, out var leases) ? InOrder(leases) : [];

    /// <summary>The leases of a worker with a stop request.</summary>
    public ImmutableArray<Lease> StopsOf(string worker) =>
        _byWorker.TryGetValue(worker, out var leases) ? InOrder(leases.Where(lease => lease.CancelRequested)) : [];

    /// <summary>Renews every lease for the full lease time.</summary>
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
