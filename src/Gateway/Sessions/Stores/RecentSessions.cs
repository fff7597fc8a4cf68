using JubileeVerse.Accounts;

namespace JubileeVerse.Gateway.Sessions.Stores;

/// <summary>
/// A bounded cache of sessions that were used at this gateway within the last five minutes. It is read only while the store is
/// unavailable; otherwise the store decides. The least recently used session is evicted first.
/// </summary>
internal sealed class RecentSessions(TimeProvider time)
{
    public const int MaxCount = 10_000;

    /// <summary>How long a copy is valid, and so the longest time that a session ended at another gateway can remain valid here.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(5);

    private readonly Lock _gate = new();
    private readonly Dictionary<string, LinkedListNode<RecentSession>> _byHash = [];
    private readonly LinkedList<RecentSession> _newestFirst = new();
    private long _removalCount;

    /// <summary>
    /// The number of removals so far. Callers read it before they query the store and pass it to <see cref="Remember"/>, so that a result
    /// in flight cannot restore a session that was removed meanwhile.
    /// </summary>
    public long RemovalCount
    {
        get
        {
            lock (_gate)
                return _removalCount;
        }
    }

    public void Remember(string hash, UserId userId, byte[] payload, long removalCountAtRead)
    {
        lock (_gate)
        {
            if (removalCountAtRead != _removalCount)
                return;

            if (_byHash.Remove(hash, out var known))
                _newestFirst.Remove(known);
            _byHash[hash] = _newestFirst.AddFirst(new RecentSession(hash, userId, payload, time.GetTimestamp()));
            while (_newestFirst.Last is { } last && (_byHash.Count > MaxCount || time.GetElapsedTime(last.Value.SeenAt) > Lifetime))
                Evict(last);
        }
    }

    /// <summary>Null if there is no valid copy.</summary>
    public byte[]? Find(string hash)
    {
        lock (_gate)
        {
            return _byHash.TryGetValue(hash, out var node) && time.GetElapsedTime(node.Value.SeenAt) <= Lifetime
                ? node.Value.Payload
                : null;
        }
    }

    public void Remove(string hash)
    {
        lock (_gate)
        {
            _removalCount++;
            if (_byHash.TryGetValue(hash, out var node))
                Evict(node);
        }
    }

    public void RemoveAll(UserId userId)
    {
        lock (_gate)
        {
            _removalCount++;
            foreach (var node in _byHash.Values.Where(node => node.Value.UserId == userId).ToArray())
                Evict(node);
        }
    }

    private void Evict(LinkedListNode<RecentSession> node)
    {
        _byHash.Remove(node.Value.Hash);
        _newestFirst.Remove(node);
    }
}
