using JubileeVerse.Accounts;

namespace JubileeVerse.Gateway.Accounts;

/// <summary>
/// Copies of sessions that were used here within the last five minutes, for the time in which the store cannot be asked, and only
/// for that: as long as it answers, it decides. Bounded; who was here longest ago goes first.
/// </summary>
internal sealed class RecentSessions(TimeProvider time)
{
    public const int MaxCount = 10_000;

    /// <summary>How long a copy is good for; a session that was ended at another gateway lives on here for as long at most.</summary>
    public static readonly TimeSpan GoodFor = TimeSpan.FromMinutes(5);

    private readonly Lock _gate = new();
    private readonly Dictionary<string, LinkedListNode<RecentSession>> _byHash = [];
    private readonly LinkedList<RecentSession> _newestFirst = new();
    private long _ends;

    /// <summary>Take it before the store is asked: an answer that was on its way while a session ended must not bring it back.</summary>
    public long Ends
    {
        get
        {
            lock (_gate)
                return _ends;
        }
    }

    public void Remember(string hash, UserId userId, byte[] payload, long asOfEnds)
    {
        lock (_gate)
        {
            if (asOfEnds != _ends)
                return;

            if (_byHash.Remove(hash, out var known))
                _newestFirst.Remove(known);
            _byHash[hash] = _newestFirst.AddFirst(new RecentSession(hash, userId, payload, time.GetTimestamp()));
            while (_newestFirst.Last is { } last && (_byHash.Count > MaxCount || time.GetElapsedTime(last.Value.SeenAt) > GoodFor))
                Drop(last);
        }
    }

    /// <summary>Null: not seen lately.</summary>
    public byte[]? Find(string hash)
    {
        lock (_gate)
        {
            return _byHash.TryGetValue(hash, out var node) && time.GetElapsedTime(node.Value.SeenAt) <= GoodFor ? node.Value.Payload : null;
        }
    }

    public void End(string hash)
    {
        lock (_gate)
        {
            _ends++;
            if (_byHash.TryGetValue(hash, out var node))
                Drop(node);
        }
    }

    public void EndAll(UserId userId)
    {
        lock (_gate)
        {
            _ends++;
            foreach (var node in _byHash.Values.Where(node => node.Value.UserId == userId).ToArray())
                Drop(node);
        }
    }

    private void Drop(LinkedListNode<RecentSession> node)
    {
        _byHash.Remove(node.Value.Hash);
        _newestFirst.Remove(node);
    }
}
