using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using JubileeVerse.Accounts;
using JubileeVerse.Gateway.Operations;

namespace JubileeVerse.Gateway.Realtime;

/// <summary>Counts this process's live connections and the people behind them.</summary>
internal sealed class LiveConnections : IDisposable
{
    private readonly ConcurrentDictionary<UserId, int> _byUser = new();
    private readonly Meter _meter;
    private int _count;

    public LiveConnections(IMeterFactory meters)
    {
        _meter = meters.Create(RealtimeServices.MeterName);
        _meter.CreateObservableUpDownCounter("jubileeverse.connections", () => _count, "{connection}", "Live connections to this gateway.");
    }

    public ConnectionCount Count() => new(Volatile.Read(ref _count), _byUser.Count);

    public IDisposable Add(UserId userId)
    {
        Interlocked.Increment(ref _count);
        _byUser.AddOrUpdate(userId, 1, static (_, count) => count + 1);
        return new Entry(this, userId);
    }

    public void Dispose() => _meter.Dispose();

    private void Remove(UserId userId)
    {
        Interlocked.Decrement(ref _count);
        // Removes the person with their last connection, and only if nobody has come in between.
        while (_byUser.TryGetValue(userId, out var count))
        {
            var done = count == 1
                ? _byUser.TryRemove(KeyValuePair.Create(userId, count))
                : _byUser.TryUpdate(userId, count - 1, count);
            if (done)
                return;
        }
    }

    private sealed class Entry(LiveConnections connections, UserId userId) : IDisposable
    {
        private LiveConnections? _connections = connections;

        public void Dispose() => Interlocked.Exchange(ref _connections, null)?.Remove(userId);
    }
}
